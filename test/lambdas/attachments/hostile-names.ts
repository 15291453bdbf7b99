const outer = "exe js bat cmd scr vbs ps1 hta lnk jar msi svg html docm xlsm".split(" ");
const inner = [...outer, ..."php asp sh zip pdf docx png iso dll chm url xll 7z".split(" ")];

/** Characters that cannot be seen, or that turn the order of others, by code point. */
const hidden = [
  ...[
    0x00, 0x01, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9f, 0xad, 0x34f,
    0x61c,
  ],
  ...[
    0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029,
    0x202a,
  ],
  ...[
    0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2061, 0x2062, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a,
    0x206f,
  ],
  ...[
    0x2800, 0x3164, 0xfe00, 0xfe0e, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffb, 0xfffc, 0xe000, 0xf8ff, 0xfdd0,
    0xffff,
  ],
  ...[0x1d159, 0x1d173, 0x1bca0, 0xe0001, 0xe0020, 0xe0041, 0xe007f, 0xe0100, 0xe01ef, 0xf0000, 0x10ffff],
].map((code) => String.fromCodePoint(code));

const devices = "CON PRN AUX NUL com1 COM9 lpt1 LPT9 COM¹ LPT³ CONIN$ CONOUT$ ＣＯＮ".split(" ");

const paths = [
  ..."../x.pdf ..\\x.pdf ../../../../etc/passwd.txt /etc/passwd.txt \\\\evil.example\\share\\x.pdf C:\\Windows\\x.pdf".split(
    " ",
  ),
  ..."C:x.pdf a/b.pdf a\\b.pdf ~/x.pdf ~x.pdf ~$letter.docx ./x.pdf ..pdf x..pdf a..b.pdf %2e%2e%2fx.pdf".split(
    " ",
  ),
  ..."%2Fetc%2Fx.pdf ..%5cx.pdf x.php%00.png file:///etc/x.pdf x.pdf:evil.exe x.txt::$DATA x:y.pdf".split(
    " ",
  ),
];

const headers = [
  'x".pdf',
  'x.pdf"; filename="evil.exe',
  "x\r\nSet-Cookie: a=b.pdf",
  "x\nX-Evil: 1.pdf",
  "x;filename=evil.exe.pdf",
  "x; filename*=UTF-8''evil.exe.pdf",
  "a%0d%0aX: y.pdf",
  "a%22.pdf",
  "<script>alert(1)</script>.png",
  "<img src=x>.png",
  "a|b.pdf",
  "a?.pdf",
  "a*.pdf",
  "a>b.pdf",
];

const dotsAndSpaces = [
  ...["", " ", " .pdf", "x.pdf ", " x.pdf", "x.pdf\u00a0", "x.pdf\u3000", "\u3000x.pdf", "x.pdf/"],
  ...". .. ... .pdf .htaccess x.pdf. x.pdf... .x.pdf pdf x x.".split(" "),
];

/** Extensions that only look right, or are none of ours. */
const extensions = [
  ...outer.map((extension) => `x.${extension}`),
  ..."gif bmp tif webp avif doc xls ppt rtf mov mp4 wav jfif zip rar xml eml msg odt pages heif jpe jpgx pdfx"
    .split(" ")
    .map((one) => `x.${one}`),
  ...(
    "x.рdf|x.pԁf|x.ｐｄｆ|x.pdf\u0301|x．pdf|x․pdf|x。png|x.p\u00addf|x.jρg|x.ⅽsv|x.dοcx|x.txt\u0327|" +
    "x.pdf e|x. pdf|x.p df|x.pdf\u202f|x.pdf!|x.pdf;|x.pdf,|x.pdf'|x.ΡDF|x.ＰＮＧ|x.png\u20dd"
  ).split("|"),
];

const tooLong = [
  `${"a".repeat(252)}.pdf`,
  `${"é".repeat(253)}.pdf`,
  `${"😀".repeat(127)}.pdf`,
  `${"字".repeat(256)}.pdf`,
  "a".repeat(300),
];

/** At least 300 names that lie to a reader, a path, a header or Windows. */
export function hostileNames(): readonly (readonly [category: string, name: string])[] {
  const named = (category: string, names: readonly string[]) =>
    names.map((name) => [category, name] as const);
  return [
    ...named("extension of a program", extensions),
    ...named(
      "double extension",
      inner.map((extension) => `invoice.${extension}.pdf`),
    ),
    ...named(
      "double extension",
      inner.map((extension) => `photo.${extension.toUpperCase()} .png`),
    ),
    ...named(
      "double extension",
      outer.map((extension) => `invoice.pdf.${extension}`),
    ),
    ...named("double extension", [
      "x.ｅｘｅ.pdf",
      "x․exe.pdf",
      "x.exe．pdf.pdf",
      "x.asp;.jpg",
      "x.php_.png",
      "a.b.exe.c.pdf",
      "x.jpg.png",
    ]),
    ...named(
      "hidden characters",
      hidden.map((character) => `in${character}voice.pdf`),
    ),
    ...named(
      "hidden characters",
      hidden.slice(0, 40).map((character) => `${character}photo.png`),
    ),
    ...named("hidden characters", [
      "invoice\u202Efdp.exe",
      "a\u202Excod.pdf",
      "a\ud800.pdf",
      "\udc00a.pdf",
      "a\ud800b.png",
      "a\u200Db.pdf",
      "a\u200C.pdf",
      "1\uFE0F.pdf",
      `a${"\u0301".repeat(12)}.pdf`,
    ]),
    ...named(
      "device",
      devices.flatMap((device) => [`${device}.pdf`, `${device}.tar.v2.png`, `${device} .txt`]),
    ),
    ...named("path", paths),
    ...named("header and markup", headers),
    ...named("dots and spaces", dotsAndSpaces),
    ...named("too long", tooLong),
  ];
}
