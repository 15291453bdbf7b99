import { type FileCase, fileCase } from "./file-case.ts";

const texts: readonly (readonly [string, string])[] = [
  ["English", "Hello,\r\nthe order 4711 has not arrived.\r\n"],
  ["German", "Größe, Straße, €"],
  ["Arabic", "مرحبا، لم تصل الطلبية بعد"],
  ["Persian with joiners", "می‌خواهم بدانم"],
  ["Hebrew", "שלום, ההזמנה לא הגיעה"],
  ["Chinese", "您好，订单还没有到。"],
  ["Japanese", "注文がまだ届いていません。"],
  ["Korean", "주문이 아직 도착하지 않았습니다."],
  ["Hindi", "ऑर्डर अभी तक नहीं आया"],
  ["Thai", "ยังไม่ได้รับสินค้า"],
  ["Greek", "Η παραγγελία δεν έφτασε"],
  ["Russian", "Заказ ещё не пришёл"],
  ["emoji", "Thanks 👨‍👩‍👧 ❤️"],
  ["a byte order mark", "\uFEFFHello"],
  ["a heart that is no tag", "<3 from me"],
  ["a quoted mail", "<jane@example.com> wrote:\n> hello"],
  ["markup further down", "The page says:\n<html><script>alert(1)</script>"],
  ["a heading", "# Notes\n#! is called a shebang"],
  ["a name of two letters", "MZ Group, meeting of today"],
  ["a mail", "MIME-Version: 1.0\nSubject: hello\n\nDear agent"],
  ["one letter", "x"],
  ["a log with colours", "\x1b[31merror\x1b[0m done\n"],
  ["only white space", "\n\n\t "],
];

const tables: readonly (readonly [string, string])[] = [
  ["commas", "name,amount\nJane,-5\nJoe,+44 20 7946 0000\n"],
  ["semicolons", "Name;Betrag\nJosé;1,5\n"],
  ["tabs", "a\tb\n1\t2\n"],
  ["pipes", "a|b\n+44|5\n-3|x!\n@jane|@joe\n"],
  ["a sum", "a,b,c\n1,2,=A2+B2\n3,4,=SUM(A3:B3)\n"],
  ["words that are functions", "topic\nhow do I call (or write)?\nimage quality\n"],
  ["Chinese", "姓名,城市\n王小明,北京\n"],
  ["names of files", "name,file\nJane,image(1).jpg\nJoe,image (2).jpg\n"],
  ["names of files, quoted", '"name","amount","file"\n"Jane","-5","image(1).jpg"\n'],
  ["a number, then a name in the next row", "amount\n-5\nx,image(1).jpg\n"],
  ["articles whose number is called ID", "ID;Product;Price\n1;Chair;40\nC;Corner;90\n"],
  [
    "telephone numbers and notes",
    "name,phone,note\nJane,+44 20 7946 0000,call (mobile)\nJoe,-,image(2).png\n",
  ],
  [
    "an amount, then the name of a file",
    "item,delta,file\nchair,-5,image(1).jpg\n-3,1,Downloads/image (1).png\n",
  ],
  ["a log of calls", "direction;number;kind\nin;+4915112345;Call (missed)\n"],
  ["titles in quotes", '"Kim","+82 2 123","Director/Exec (Finance)"\n"+82 2 123","Call (urgent)"\n'],
  ["a chat", "10:01|@jane|thanks!\n@anna,5,Image (quality)\n"],
  ["options", "opt=fast|slow!\na-b|c!d\n"],
  ["articles whose heading looks like Symbolic Link", "ID;PREIS\nC;7;Essen\nNN;8;Emden\n"],
  ["addresses", "site,note\nhttps://www.example.com/a?b=(c),ok\n"],
  ["Japanese", "写真，メモ\n画像（１），－\n"],
  ["many rows with dashes", `${"-,image(1).jpg\n".slice(2).repeat(40_000)}-5,1\n`],
  ["quotes", 'a\n"say ""hello"", then\ncall"\n'],
];

/** Texts as people write them. */
export function legitimateTexts(): readonly FileCase[] {
  return [
    ...texts.map(([title, text]) => fileCase("txt", title, "txt", Buffer.from(text))),
    ...tables.map(([title, text]) => fileCase("csv", title, "csv", Buffer.from(text))),
  ];
}
