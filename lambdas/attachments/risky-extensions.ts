/**
 * Endings that run, install, mount or open something that does, on the systems agents use. Not here although programs may
 * end so: com, app, pl and the like, because names such as `Booking.com.pdf` are common and the last ending decides.
 */
export const riskyExtensions: ReadonlySet<string> = new Set(
  (
    "ade adp apk appinstaller application appref-ms appx appxbundle asp aspx asx bas bash bat cab cer cgi chm class cmd " +
    "command cpl crt csh deb desktop dll dmg docm dot dotm dotx ear elf exe fxp gadget hlp hta htaccess htm html img inf " +
    "ins iso isp jar jnlp js jse jsp jspx ksh library-ms lnk mad mam mda mdb mde mht mhtml mjs msc msh msi msix " +
    "msixbundle msp mst nsh ocx ops osd pcd phar php php3 php4 php5 php7 phtml pif pkg plg potm potx ppa ppam ppsm ppsx " +
    "pptm prf prg ps1 ps1xml ps2 psc1 psd1 psm1 pst py pyc pyw pyz rb reg rpm run scf scr sct search-ms " +
    "settingcontent-ms sh shb shs shtml sldm so svg svgz swf sys theme tmp udl url vb vbe vbp vbs vhd vhdx vsmacros vsw " +
    "war wasm webloc wim ws wsc wsf wsh xaml xbap xht xhtml xla xlam xll xlm xlsb xlsm xlt xltm xltx xml xnk xpi xps " +
    "xsl xslt 7z ace arj bz2 gz lzh rar tar tgz xz z zip zipx"
  ).split(" "),
);
