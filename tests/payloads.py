"""Texts that people with bad intentions type into fields: for the database, and for pages.

``MARK`` stands in the texts for the database. Those for pages call ``__xss``, which tests define in
the browser, and what they would add to a page carries the attribute ``data-x``: it gives them away
also where the content policy keeps a script from running.
"""

from __future__ import annotations

MARK = "zq7"
NONSENSE = f"{MARK}nonsense"

SQL = (
    # ends a text
    f"{MARK}'",
    f'{MARK}"',
    f"{MARK}`",
    f"{MARK}\\",
    f"{MARK}')",
    f"{MARK}'))",
    # always true
    f"{MARK}' OR '1'='1",
    f"{MARK}'OR/**/1=1--",
    f"{MARK}' OR 1=1 #",
    f'{MARK}" OR "1"="1',
    f"{MARK}') OR ('1'='1",
    f"1 OR 1=1 --{MARK}",
    # other statements and other rows
    f"{MARK}'; DROP TABLE desk_case; --",
    f"{MARK}' UNION SELECT NULL, NULL, NULL --",
    f"{MARK}'UNION/**/SELECT/**/password/**/FROM/**/accounts_user--",
    f"1;SELECT/**/1--{MARK}",
    f"{MARK}' ORDER BY 99 --",
    # waits
    f"{MARK}'||pg_sleep(5)--",
    f"{MARK}'AND(SELECT/**/1=randomblob(900000000))--",
    # patterns and places for values
    "%",
    "__",
    f"%{MARK}%' OR '%'='",
    f"{MARK}%s%(x)s%d?:x$1",
    # other signs that become a quote
    f"{MARK}＇ OR １＝１ －－",  # full width is meant
    f"{MARK}\u02bc OR 1=1",
    f"{MARK}\x00' OR 1=1 --",
)

SCRIPTS = (
    # elements
    "<script data-x>__xss(1)</script>",
    '"><script data-x>__xss(1)</script>',
    "'><script data-x>__xss(1)</script>",
    "<ScRiPt data-x>__xss(1)</sCrIpT>",
    "<script data-x src=data:text/javascript,__xss(1)></script>",
    "<<script data-x>__xss(1)//<</script>",
    "<scr<script data-x>ipt>__xss(1)</scr</script>ipt>",
    "<script type=module data-x>__xss(1)</script>",
    # handlers
    "<img data-x src=x onerror=__xss(1)>",
    '"><img data-x src=x onerror=__xss(1)>',
    "'><img data-x src=x onerror=__xss(1)>",
    "<IMG DATA-X SRC=x OnErRoR=__xss(1)>",
    "<img/data-x/src=x/onerror=__xss(1)>",
    "<svg data-x onload=__xss(1)>",
    "<svg data-x><script>__xss(1)</script></svg>",
    "<svg data-x><animate onbegin=__xss(1) attributeName=x dur=1s>",
    "<svg data-x><a xlink:href=javascript:__xss(1)><text y=9>x</text></a>",
    "<body data-x onload=__xss(1)>",
    "<input data-x autofocus onfocus=__xss(1)>",
    "<select data-x autofocus onfocus=__xss(1)>",
    "<details data-x open ontoggle=__xss(1)>",
    "<video data-x><source onerror=__xss(1)></video>",
    "<p data-x onmouseover=__xss(1)>沈工</p>",
    "<p data-x style=animation:x onanimationstart=__xss(1)>",
    # addresses
    "<a data-x href=javascript:__xss(1)>x</a>",
    '<a data-x href="jAvAsCrIpT&colon;__xss(1)">x</a>',
    '<a data-x href="java&Tab;script:__xss(1)">x</a>',
    "javascript:__xss(1)",
    "JaVaScRiPt://%0a__xss(1)",
    "data:text/html,<script data-x>__xss(1)</script>",
    "<iframe data-x src=javascript:parent.__xss(1)>",
    '<iframe data-x srcdoc="<script>parent.__xss(1)</script>">',
    "<object data-x data=javascript:__xss(1)>",
    "<form data-x action=javascript:__xss(1)><button>x",
    '<meta data-x http-equiv=refresh content="0;url=javascript:__xss(1)">',
    "<base data-x href=//203.0.113.9/>",
    "<style data-x>*{background:url(//203.0.113.9/x)}</style>",
    # out of what surrounds the text
    "</title><img data-x src=x onerror=__xss(1)>",
    "</textarea><img data-x src=x onerror=__xss(1)>",
    "</script><script data-x>__xss(1)</script>",
    "</option></select><img data-x src=x onerror=__xss(1)>",
    '" autofocus onfocus=__xss(1) data-x="',
    "' autofocus onfocus=__xss(1) data-x='",
    "--><img data-x src=x onerror=__xss(1)><!--",
    '";__xss(1);//',
    "'-__xss(1)-'",
    "${__xss(1)}",
    '{"a":"</script><script data-x>__xss(1)</script>"}',
    # templates and what htmx reads
    "{{7*7}}{{constructor.constructor('__xss(1)')()}}",
    "{% debug %}{{ request }}<%= 7*7 %>#{7*7}",
    "<div data-x hx-get=/health/ hx-trigger=load>",
    "<div data-x hx-on:load=__xss(1)>",
    '" hx-get="/health/" hx-trigger="load" data-x="',
    # other spellings
    "＜script data-x＞__xss(1)＜/script＞",
    "%3Cscript data-x%3E__xss(1)%3C/script%3E",
    "&lt;script data-x&gt;__xss(1)&lt;/script&gt;",
    "\\u003cscript data-x\\u003e__xss(1)\\u003c/script\\u003e",
    "+ADw-script data-x+AD4-__xss(1)+ADw-/script+AD4-",
    "<img data-x src=x one\x00rror=__xss(1)>",
    '<noscript><p title="</noscript><img data-x src=x onerror=__xss(1)>">',
)
# One of each kind, for the tests that everybody runs.
FEW_SCRIPTS = (
    "<script data-x>__xss(1)</script>",
    '"><img data-x src=x onerror=__xss(1)>',
    "</textarea><img data-x src=x onerror=__xss(1)>",
    "' autofocus onfocus=__xss(1) data-x='",
    "<a data-x href=javascript:__xss(1)>x</a>",
    "<div data-x hx-get=/health/ hx-trigger=load>",
)

# Runs in a page before everything else: notes what a script of a payload would call, and what the
# content policy has to refuse.
TRAP = """
window.__traces = [];
for (const name of ['__xss', 'alert', 'confirm', 'prompt'])
  window[name] = () => { window.__traces.push('a script ran'); };
document.addEventListener('securitypolicyviolation', (event) => window.__traces.push(
  `the policy refused ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
# What the trap caught so far, and what a payload has added to the page.
TRACES = """
[...window.__traces, ...[...document.querySelectorAll('[data-x], a, form, iframe, object, embed')]
  .filter((found) => found.hasAttribute('data-x') || [found.getAttribute('href'),
    found.getAttribute('action'), found.getAttribute('src'), found.getAttribute('data')]
    .some((address) => /^\\s*(java\\s*script|data):/i.test(address ?? '')))
  .map((found) => `became part of the page: ${found.outerHTML.slice(0, 150)}`)]
"""
