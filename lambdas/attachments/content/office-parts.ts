import type { Attributes } from "./office-xml.ts";
import { active, ambiguous } from "./refusals.ts";

/** Content types of parts that run, or hold a foreign object that may. */
const activeTypes =
  /macroenabled|macrosheet|vbaproject|vba(?:data|projectsignature)|activex|oleobject|attachedtoolbars|keymapcustomizations|x-msdownload|octet-stream\.exe/i;

/** Names of such parts, whatever their content type says. */
const activeNames =
  /(?:^|\/)(?:vbaproject\w{0,40}\.bin|oleobject\w{0,40}\.bin|vbadata\.xml)$|(?:^|\/)(?:macrosheets|activex|intlmacrosheets)\//i;

/** Parts that are programs, pages or archives. SVG and XML are not here: Office itself writes them. */
const programNames =
  /\.(?:exe|dll|com|scr|cpl|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|jar|class|sh|py|php|reg|chm|ocx|sys|htm|html|mht|mhtml|xhtml|xll|xla|xlam|docm|dotm|xlsm|xltm|xlsb|pptm|potm|ppsm|ppam|doc|xls|ppt|rtf|zip|rar|7z|gz|iso|img|vhdx?|cab|swf|url|website|one|pif|[iod]qy|slk|jnlp|msc|xbap|(?:library|settingcontent|searchconnector|appref)-ms)$/i;

/** Relationships to what runs (ECMA-376 part 1, 15; MS-OFFMACRO2), by the end of their type. */
const activeRelationships =
  /\/(?:vbaproject\w{0,40}|wordvbadata|(?:xl)?(?:intl)?macrosheet|activexcontrol(?:binary)?|control|oleobject|attachedtoolbars|keymapcustomizations|afchunk)$/i;

/** Files inside a file that office.ts looks into. */
export const inspectedInside: RegExp = /\.(docx|xlsx|pptx)$/i;

/** External targets: what waits for a click, and pictures and films as a mail may have them; by the end of their type. */
const harmlessLinks =
  /\/(?:hyperlink|externallinkpath|xlpathmissing|xlalternatestartup|xllibrary|xlstartup)$/i;
const linkedMedia = /\/(?:image|video|audio|media)$/i;

/** Targets that lead out of the package, whatever their mode says. */
const elsewhere = /^(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i;

/** Addresses that start something else than a browser, a mail or a telephone. */
const activeAddress =
  /^(?:javascript|vbscript|data|ms-[\w-]+|search-ms|shell|mhtml|mk|its|script|search|onenote):/i;

/**
 * Names that packages may not have and Office takes none of (MS-OI29500, 2.1.1749): escapes, letters beyond ASCII, a
 * dot or a blank at the end of a segment; and those of pieces of another part.
 */
const strangeNames = /[^ -$&-~]|[. ](?:\/|$)|\.rels\/$|\/\[\d+\](?:\.last)?\.piece$/i;

/**
 * Refuses a content type that a package lists, for whatever part: macros, ActiveX, embedded objects.
 *
 * @throws {ChatError} 400 `AttachmentActiveContent`
 */
export function refuseActiveType(contentType: string): void {
  if (activeTypes.test(compact(contentType))) throw active("macros or embedded objects");
}

/**
 * Refuses a part of a package by its name: macros, ActiveX, programs, and names that programs could read differently.
 *
 * @throws {ChatError} 400 `AttachmentActiveContent` or `AttachmentAmbiguous`
 */
export function refuseActivePart(name: string): void {
  if (strangeNames.test(name)) throw ambiguous();
  if (activeNames.test(name)) throw active("macros or embedded objects");
  if (programNames.test(name)) throw active("another file that may be a program");
}

/**
 * Refuses a relationship that leads to what runs, or that fetches from elsewhere as the document opens: a remote
 * template, a linked object, a frame. Links to click, links between tables, and pictures from the web pass.
 *
 * @throws {ChatError} 400 `AttachmentActiveContent`
 */
export function refuseActiveRelationship(relationship: Attributes): void {
  const type = compact(relationship["Type"]);
  const target = compact(relationship["Target"]);
  const path = target.replace(/[#?].*$/s, "");
  if (activeRelationships.test(type)) throw active("macros or embedded objects");
  if (/\/package$/i.test(type) && !inspectedInside.test(path))
    throw active("another file that may be a program");
  if (!/^external$/i.test(compact(relationship["TargetMode"])) && !elsewhere.test(target)) return;
  if (activeAddress.test(target)) throw active("links that start programs");
  const media = linkedMedia.test(type) && /^(?:https?:\/\/|file:\/\/\/[A-Za-z]:)/i.test(target);
  if (!harmlessLinks.test(type) && !media) throw active("parts that are fetched from elsewhere");
}

/** A value as programs take it that overlook white space, controls and what is not seen. */
export function compact(value = ""): string {
  return value.replace(/[\s\p{Cc}\p{Cf}]+/gu, "");
}
