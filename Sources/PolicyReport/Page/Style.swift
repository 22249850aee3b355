/// How the page looks: on a screen, light and dark, on a phone, on paper.

/// The style sheet.
enum Style {
  static let sheet: Markup = """
    :root{--ink:#1c2430;--soft:#566173;--paper:#fff;--shade:#f4f6f9;--line:#cfd6e0;--link:#0b55a5;\
    --deny:#a61b29;--hold:#8a5300;--good:#1c6b3a;--fill:#d9e6f7;--mark:#fff1cc;--markink:#6b4a00}
    @media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a4afbf;--paper:#14181e;\
    --shade:#1d232c;--line:#3b4554;--link:#8ab8f5;--deny:#ff9aa2;--hold:#f2c26b;--good:#86d9a5;\
    --fill:#23405f;--mark:#4a3b12;--markink:#ffe3a0}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0;background:var(--paper);color:var(--ink);\
    font:16px/1.55 "Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue",Arial,"PingFang SC",\
    "Microsoft YaHei","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif}
    main{max-width:64rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;overflow-wrap:anywhere}
    a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:2px}
    a:focus-visible,.wide:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-100rem}.skip:focus{left:1rem;top:.5rem}
    h1{font-size:2rem;line-height:1.2;margin:.5rem 0 1rem}
    h2{font-size:1.55rem;line-height:1.25;margin:0 0 .75rem}
    h3{font-size:1.2rem;line-height:1.3;margin:2rem 0 .5rem}
    h4{font-size:1.02rem;margin:1.4rem 0 .4rem}h5{font-size:.95rem;margin:1rem 0 .3rem}
    p{margin:.3rem 0}ul{margin:.3rem 0;padding-left:1.3rem}
    code,pre{font:.86em/1.45 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    code{color:var(--soft)}
    pre{white-space:pre-wrap;background:var(--shade);border:1px solid var(--line);\
    border-radius:4px;padding:.5rem .7rem;margin:.4rem 0}
    .policy,.changes,.contents{border-top:3px solid var(--line);margin-top:3rem;padding-top:1.5rem}
    .decision{border-top:1px solid var(--line);margin-top:2rem}
    .decision>h3{margin-top:1.1rem}
    .kind{font-size:.8rem;font-weight:400;color:var(--soft);white-space:nowrap}
    .other{color:var(--soft);margin-top:-.3rem}.lead{font-style:normal;color:var(--soft)}
    .place{color:var(--soft);font-size:.82rem}
    .facts,.plain,.rules,.ways,.missing{list-style:none;padding-left:0}
    .contents ul{list-style:none;padding-left:0;margin:.2rem 0 1rem}
    .contents ul ul{padding-left:1rem;margin:0 0 .35rem;font-size:.9rem}
    .contents h3{margin:.8rem 0 .2rem;text-transform:capitalize;break-after:avoid}
    .contents li{break-inside:avoid}
    .columns{columns:22rem 2;column-gap:2.5rem}
    dl.head{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.5rem 2rem;\
    margin:.5rem 0}
    dt{color:var(--soft);font-size:.86rem}dd{margin:0}
    dl.terms>div{margin:.5rem 0}dl.terms dt{color:var(--ink);font-weight:600;font-size:1rem}
    .n{text-decoration:underline dotted var(--soft) 1px;text-underline-offset:3px}
    a.n{color:inherit;text-decoration:underline solid var(--link) 1px}
    .v{white-space:nowrap;font-variant-numeric:tabular-nums}
    .rule,.together{border-left:4px solid var(--line);background:var(--shade);margin:.55rem 0;\
    padding:.45rem .8rem;border-radius:0 4px 4px 0}
    .rule{display:grid;grid-template-columns:minmax(0,1fr) 13.5rem;gap:.2rem 1.2rem}
    .rule.deny,.rule.refuted{border-left-color:var(--deny)}
    .rule.hold,.rule.open{border-left-color:var(--hold)}
    .rule.proved,.rule.duty{border-left-color:var(--good)}
    .rule.step,.rule.require{border-left-color:var(--link)}
    .together{border-left-color:var(--link);font-weight:600;margin-bottom:-.2rem}
    .rule.inner{margin-left:1.4rem}.says{font-weight:500}.number{float:left;min-width:1.7rem;margin-top:.3rem;font-weight:600}
    .tag{font-size:.82rem;border:1px solid currentColor;border-radius:3px;padding:0 .35rem}
    .proved .tag{color:var(--good)}.refuted .tag{color:var(--deny)}.open .tag{color:var(--hold)}
    .message,.because,.note{font-size:.92rem;color:var(--soft)}
    .note{color:var(--ink)}\
    .message .n,.because .n{text-decoration:none}
    .conditions{padding-left:1.4rem}.conditions li{margin:.1rem 0}
    .origin{font-size:.82rem;color:var(--soft)}.origin>*{display:block}
    .mark{background:var(--mark);color:var(--markink);font-size:.78rem;font-weight:400;\
    border-radius:3px;padding:.05rem .4rem;white-space:nowrap}
    .wide{overflow-x:auto;margin:.5rem 0;padding:0 1px}
    table{border-collapse:collapse;width:100%;font-size:.93rem}
    caption{text-align:left;font-weight:600;padding:.6rem 0 .3rem}
    caption code,caption .place{font-weight:400}
    th,td{border:1px solid var(--line);padding:.32rem .6rem;text-align:left;vertical-align:top;\
    overflow-wrap:break-word}td code{overflow-wrap:anywhere}
    table.rewritten{table-layout:fixed;min-width:34rem}table.rewritten th:first-child{width:22%}
    thead th{background:var(--shade)}th[scope=row]{font-weight:500}
    .result{background:color-mix(in srgb,var(--fill) 35%,transparent)}
    .inputs td:nth-child(2),.parameters td:nth-child(2){width:26%}
    .depth1 th{padding-left:1.6rem}.depth2 th{padding-left:2.8rem}\
    .depth3 th{padding-left:4rem}.depth4 th{padding-left:5.2rem}
    td.figures{white-space:nowrap;text-align:right;font-variant-numeric:tabular-nums}
    .meter{display:inline-block;width:9rem;height:.6rem;border:1px solid var(--line);\
    background:var(--paper);vertical-align:middle}
    .meter span{display:block;height:100%;background:var(--link)}
    .missing li{margin:.25rem 0}
    .figure-words{background:var(--shade);border-left:4px solid var(--line);padding:.45rem .8rem;\
    border-radius:0 4px 4px 0}
    svg{display:block}svg text{font-size:13px;fill:var(--ink)}
    svg text.label{font-weight:600}svg text.condition,svg text.through{fill:var(--soft)}
    svg text.words{fill:var(--soft)}
    svg rect.step,svg rect.end{fill:var(--paper);stroke:var(--ink)}
    svg rect.group{fill:var(--shade);stroke:var(--soft);stroke-dasharray:4 3}
    svg rect.end{fill:var(--shade)}svg rect.done{stroke:var(--good)}
    svg rect.bar{fill:var(--fill);stroke:var(--link)}svg rect.empty{fill:none;stroke:var(--line)}
    svg path{fill:none;stroke:var(--ink)}svg path.back{stroke:var(--deny);stroke-dasharray:5 3}
    svg path.tick{stroke:var(--soft)}svg path.head{fill:var(--ink);stroke:none}
    svg path.head.back{fill:var(--deny)}svg circle.dot{fill:var(--ink)}
    @media (max-width:44rem){main{padding:1rem .8rem 3rem}h1{font-size:1.6rem}\
    .rule{grid-template-columns:minmax(0,1fr)}.origin>*{display:inline;margin-right:.6rem}\
    table{font-size:.86rem}table.inputs,table.parameters{min-width:32rem}th,td{padding:.28rem .4rem}.columns{columns:1}.meter{width:4rem}}
    @media print{:root{--ink:#000;--soft:#444;--paper:#fff;--shade:#f3f3f3;--line:#999;\
    --link:#0b3d77;--deny:#8d1420;--hold:#6f4300;--good:#14522c;--fill:#dde7f3;--mark:#eee;\
    --markink:#000}
    @page{margin:16mm 14mm}body{font-size:10.5pt}main{max-width:none;padding:0}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    a,a.n,.n{color:inherit;text-decoration:none}.origin{font-size:.78rem}
    .policy,.changes{break-before:page;border-top:0;margin-top:0;padding-top:0}\
    header+.policy,header+.changes{break-before:auto;margin-top:1rem}
    .contents{break-before:auto}.skip{display:none}
    h2,h3,h4,h5,caption,.lead{break-after:avoid}.rule,tr,svg,.together{break-inside:avoid}
    thead{display:table-header-group}.wide{overflow:visible;padding:0 1px}th,td{overflow-wrap:anywhere}\
    table{min-width:0!important}
    svg{max-width:100%;height:auto;max-height:230mm}.rule{grid-template-columns:minmax(0,1fr) 12.5rem}}
    """
}
