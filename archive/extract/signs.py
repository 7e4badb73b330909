"""The words and marks by which walls, error pages and shells are known; collected from what such pages really say.

Of each kind there are titles (matched whole, or the whole part before or after the name of the site), sayings (what
only such a page says of itself, sought in its headings and the beginning of its text), and words that tell it only
beside a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.records import Outcome

__all__ = [
    "ABSENT", "CLOSED", "CONSENT", "KINDS", "LOGIN", "OFFERS", "OF_ITSELF", "REGRETS", "SCRIPT_WORDS", "UNFINISHED",
    "VAGUE_TITLES", "WALL", "Kind",
]  # fmt: skip


def _any(*signs: str) -> re.Pattern[str]:
    return re.compile("|".join(signs), re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What pages of one kind are called, what they say of themselves, and the words that bear a title out."""

    outcome: Outcome
    reason: str
    titles: re.Pattern[str]
    says: re.Pattern[str]
    words: re.Pattern[str]
    least: int = 1  # different words beside a title


SCRIPT_WORDS = _any(
    r"(?:enable|requires?|turn on|need).{0,20}javascript",
    r"javascript (?:is|to be|must be) (?:disabled|enabled|required)",
)
# What a page speaks of that speaks of nothing but itself, and what it regrets. "Site" alone may be a place.
OF_ITSELF = _any(
    r"\b(?:(?:web ?)?pages?|web ?sites?|site|url|links?|servers?|browser|web ?master|administrator|home ?page|site ?map"
    r"|(?:web )?hosting|cache|http|errors?|requested|javascript|visitors?|access|ip address)\b",
)
REGRETS = _any(
    r"\bnot (?:currently |yet )?(?:allowed|authori[sz]ed|available|permitted|found)\b|\bunavailable\b|\bdenied\b",
    r"\bforbidden\b|\bsuspended\b|\bdisabled\b|\bsorry\b|\bapologi[sz]e\b|\bmaintenance\b|\bbroken link\b",
    r"\bno longer\b|\bcould not\b|\bcannot\b|\bcan't\b|\btry again\b|\bcome back\b|\bcheck back\b",
)
# What ends an article for those who have not paid.
UNFINISHED = _any(
    r"(?:subscribe|register|sign up|log ?in|sign in|create an? (?:free )?account|join)[\w ]{0,20} to"
    r" (?:continue|keep|finish|read|unlock|access|view|see)[\w ]{0,12}"
    r"(?:reading|full|article|story|this|rest|content)",
    r"(?:to|and) (?:continue|keep) reading",
    r"(?:story|article|content|page) is (?:only |exclusively )?(?:available |reserved |exclusive )?(?:for|to)"
    r" (?:our )?(?:paid |digital )?(?:subscribers|members)",
    r"subscribers?[- ]only|(?:for )?subscribers only",
    r"available (?:only|exclusively) (?:to|for) (?:\w+ )?(?:subscribers|members)",
    r"to read the (?:full|whole|rest of (?:the|this)) (?:article|story)",
    r"reached your (?:monthly )?(?:free )?(?:article )?limit|limit of free articles|no free articles",
    r"para (?:seguir|continuar) leyendo|(?:exclusivo|solo|sólo) para suscriptores",
    r"réservé (?:aux|à nos) abonnés|il vous reste .{1,10} de cet article",
    r"jetzt diesen artikel lesen|nur für abonnent\w*",
)
# What newspapers print beside whole articles, too.
OFFERS = _any(
    r"already (?:a |an )?(?:subscriber|subscribed|registered|member)|already have an account",
    r"(?:become|be) a (?:member|subscriber)|subscribe (?:now|today)",
    r"(?:unlimited|full|digital|all) access|cancel any ?time|choose (?:your|a) plan",
    r"(?:start|begin) your (?:free )?trial|(?:purchase|buy) a subscription",
    r"(?:\$|€|£) ?\d[\d.,]* ?(?:a|per|for|/|al|im)\b|\d[\d.,]* ?€ (?:a|al|im|par|pro)\b",
    r"ya eres suscriptor|suscríbete|bereits abonnent|déjà abonné",
)

WALL = Kind(
    outcome=Outcome.BLOCKED,
    reason="a bot wall or an access refusal, by its title and words",
    titles=_any(
        r"just a moment",
        r"attention required!?",
        r"(?:error:? )?access (?:to this page has been |is |was )?(?:denied|restricted|blocked|forbidden|required)",
        r"(?:web )?(?:site|page|request) (?:rejected|blocked)",
        r"(?:http )?(?:error )?4(?:0[0-35-9]|1[1-9]|2\d|51)(?: error)?"
        r"(?:\W+(?:forbidden|unauthorized|bad request|not acceptable|access denied))?",
        r"forbidden|unauthorized|not acceptable!?",
        r"pardon our interruption",
        r"are you (?:a )?(?:human|robot)",
        r"robot (?:or human|check|challenge screen)",
        r"(?:bot|human|browser|security|challenge) (?:verification|validation|check|checkpoint|challenge)",
        r"verify(?:ing)? (?:that )?you(?:'re| are) (?:a )?human",
        r"please (?:wait|verify)(?: you are a human)?",
        r"captcha",
        r"(?:sorry, )?(?:you have been |you've been )?blocked",
        r"unusual traffic",
        r"ddos[- ](?:protection|guard)",
        r"checking your browser.{0,60}",
        r"you are being (?:redirected|rate limited)",
        r"un momento|acceso (?:denegado|prohibido|restringido)",
        r"un instant|accès (?:refusé|interdit)|einen moment|zugriff verweigert|acesso negado",
    ),
    says=_any(
        r"(?:made us think|our system thinks|we (?:think|believe)) (?:that )?you (?:were|are|might be)"
        r" (?:a (?:ro)?bot|using autom)",
        r"sorry, you have been blocked|you(?:'ve| have) been blocked (?:by|because|from)",
        r"you are being rate limited|has banned you|has banned the country or region",
        r"(?:this|your) request (?:was|has been) (?:blocked|rejected)|requested url was rejected",
        r"you (?:don't|do not) have (?:the )?permission to (?:access|view)|you need permission to access",
        r"you are not (?:authori[sz]ed|allowed|permitted) to (?:access|view|see) this",
        r"you (?:do not|don't) have access to this",
        r"needs to review the security of your connection",
        r"checking (?:your browser before|(?:if )?the site connection)",
        r"we(?:'re| are) verifying (?:your browser|that you)",
        r"enable javascript and cookies to continue|enable js and disable",
        r"unusual (?:traffic|activity) from your",
        r"press (?:&|and) hold to (?:confirm|continue)",
        r"your access to this (?:site|service|page) has been",
        r"request unsuccessful\. incapsula|generated by mod_security",
        r"an error occurred while processing your request\W+reference",
        r"discuss automated access to|click the button below to continue shopping",
        r"client ip: [\d.]+|attack id:",
        r"this (?:url|file|web ?page|web ?site|page) (?:has been|is|was) (?:blocked|excluded)",
        r"this page cannot be displayed",
        r"access to this (?:web ?)?(?:site|page)[^.]{0,120} has been blocked",
        r"no tiene permiso para (?:acceder|ver)|verificando que eres",
    ),
    words=_any(
        r"enable (?:js|javascript|cookies)",
        r"verify (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot|bot)",
        r"(?:ray|incident|support|reference|attack) id",
        r"reference #?\d",
        r"your (?:ip|browser|request)",
        r"unusual (?:activity|traffic)",
        r"automated (?:requests|access)",
        r"security (?:service|check|solution)",
        r"cloudflare",
        r"performance & security",
        r"has been blocked",
        r"not a robot",
        r"captcha",
        r"bots?\b",
        r"press & hold",
    ),
)
LOGIN = Kind(
    outcome=Outcome.BLOCKED,
    reason="a login page",
    titles=_any(
        r"(?:please )?(?:log ?in|sign ?in)(?: required| page| to .{1,40})?",
        r"(?:[\w'-]+ ){1,3}(?:log ?in|sign ?in)(?: page| form| portal)?",
        r"members only",
        r"(?:authentication|authorization|login|access) required",
        r"iniciar sesión|inicio de sesión|(?:se )?connecter|connexion|anmelden|anmeldung",
    ),
    says=_any(
        r"(?:you (?:need to|must|have to)|please) (?:be )?(?:sign(?:ed)?|log(?:ged)?)[- ]?in to"
        r" (?:continue|(?:access|view|see|open) (?:this|the requested) (?:site|page|content|document|resource))",
        r"sign in with your (?:organi[sz]ational|work|school)",
        r"press the continue button once to proceed",
        r"your session has (?:timed out|expired)",
        r"debe iniciar sesión|inicie sesión para (?:ver|continuar|acceder)",
    ),
    words=_any(r"password|passwor[td]|mot de passe|contraseña"),
)
_PAGE = r"(?:web ?)?(?:page|url|address|link)"
_TEXT = r"(?:article|story|content|post|file|resource)"
_THING = r"(?:item|record|document|news flash|release|publication|listing)"
_SOUGHT = (
    r"(?: (?:that )?you(?:'re| are| were|'ve| have)?"
    r" (?:looking|look|searching|seeking|asked|trying|requested)[\w ]{0,16})"
)
_NOT_FOUND = (
    r"(?:(?:was|were|could|can|is)(?: not|n't)(?: be)? (?:found|located)|can(?:no|')t be (?:found|located)"
    r"|(?:does|do)(?:n't| not) (?:seem to )?exist|(?:is |are )?no longer (?:available|exists?|valid|here)"
    r"|(?:is |are )?not (?:found|available)(?! (?:at (?:this|the)|right now|in |currently|yet|to |for ))"
    r"|(?:may |might |could )?ha(?:s|ve) (?:been )?(?:deleted|expired|unpublished))"
)
# "This item has been moved to the next meeting" is news; "this page has been archived" is a banner over a good text.
_GONE = rf"(?:{_NOT_FOUND}|(?:may |might |could )?(?:ha(?:s|ve) (?:been )?|was )(?:re)?moved(?! from the))"
_OWN = r"(?:this|that|the requested|your requested)"
ABSENT = Kind(
    outcome=Outcome.ABSENT,
    reason='a "not found" page that answers 200',
    titles=_any(
        r"(?:http |error )?(?:404|410)(?: error| page)?\W*(?:(?:page |file )?(?:not found|gone))?",
        r"(?:oops\W*|sorry\W*|uh oh\W*|whoops\W*)?(?:(?:the|this|that|your) )?(?:requested )?"
        rf"(?:(?:{_PAGE}|{_TEXT}){_SOUGHT}?\W? ?{_GONE}|{_THING}{_SOUGHT}? {_NOT_FOUND})",
        rf"(?:oops\W*|sorry\W*)?(?:we )?(?:couldn't|can't|could not|cannot)(?: seem to)? find (?:the|that|this|your)"
        rf" {_PAGE}.{{0,30}}",
        r"not found|nothing found(?: for .{1,80})?|nothing here",
        r"error 404.{0,30}|404.{0,30}not found.{0,20}",
        rf"{_PAGE} (?:missing|gone|not found)",
        r"(?:página|contenido) no (?:encontrad[ao]|existe|disponible)|no encontrado|página inexistente",
        r"(?:page|document) (?:introuvable|non trouvée?)|seite nicht gefunden|pagina non trovata|página não encontrada",
    ),
    says=_any(
        rf"(?:the|this|that|your) (?:requested )?{_PAGE}{_SOUGHT}?(?: or file)? {_GONE}",
        rf"{_OWN} {_TEXT}{_SOUGHT}? {_GONE}|the {_TEXT}{_SOUGHT} {_GONE}",
        rf"{_OWN} {_THING}{_SOUGHT}? {_NOT_FOUND}|the {_THING}{_SOUGHT} {_NOT_FOUND}",
        r"requested (?:meeting|event|agenda|notice|bid|job)"
        r" (?:does not exist|(?:was|could) not (?:be )?found|no longer exists)",
        rf"(?:sorry|oops)[^.]{{0,20}}(?:that|this|the) {_PAGE}[^.]{{0,40}}(?:is(?: not|n't) here|has moved|is missing)",
        r"(?:page|article|story|item) you(?: have| had)? (?:asked for|requested|were looking for)"
        r" is(?:n't| not) (?:here|available)",
        rf"we (?:(?:couldn't|can't|could not|cannot|are unable to|were unable to)(?: seem to)? (?:find|locate)"
        rf"|looked everywhere)[^.]{{0,12}} (?:the |that |this |your )?(?:{_PAGE}|what you)",
        r"nothing (?:was found|here) at this location",
        r"no pudimos encontrar la página|la página (?:que (?:busca|solicit)\w*|solicitada) no",
        r"la page (?:que vous recherchez|demandée) n|die (?:gesuchte|angeforderte|aufgerufene) seite",
        r"^\W*invalid (?:parameters?|request|id|url)\W*$",
    ),
    words=_any(
        r"(?:page|file|content|article|document).{0,40}(?:moved|removed|deleted|renamed|not found|no longer|not exist"
        r"|unavailable|cannot|can't|couldn't)",
        r"broken link",
        r"mistyped",
        r"check the (?:url|address|spelling)",
        r"404",
    ),
)
CONSENT = Kind(
    outcome=Outcome.BLOCKED,
    reason="a cookie consent page",
    titles=_any(
        r"before you continue.{0,40}",
        r"cookie (?:consent|settings|preferences|policy).{0,40}",
        r"(?:your|tu) privac(?:y|idad)(?: choices| es importante para nosotros)?",
        r"we value your privacy",
        r"mit werbung weiterlesen|zustimmung|consent required",
    ),
    says=_any(
        r"we (?:and our (?:\d+ )?partners |also )?use cookies and (?:data|similar|personal)",
        r"we and our (?:\d+ )?partners (?:store|use|process)",
        r"nosotros y nuestros socios|utilizamos cookies (?:para|propias)",
        r"mit werbung und tracking",
    ),
    words=_any(
        r"cookies?\b", r"consent\w*", r"privacy (?:policy|choices|settings)", r"personal data", r"accept all",
        r"reject all", r"our partners", r"datos personales", r"aceptar", r"rechazar", r"nuestros socios", r"tracking",
        r"zustimm\w+", r"akzeptieren", r"datenschutz\w*", r"accepter", r"refuser", r"données personnelles",
    ),
    least=3,
)  # fmt: skip
CLOSED = Kind(
    outcome=Outcome.BLOCKED,
    reason="a maintenance or error page that answers 200",
    titles=_any(
        r"(?:site |website |scheduled |temporary |planned |down for |under |currently )*maintenance(?: mode)?",
        r"(?:503 )?service (?:temporarily |currently )?unavailable",
        r"(?:site |website )?temporarily (?:unavailable|offline)",
        r"we'?ll be (?:right )?back.{0,20}",
        r"(?:http )?(?:error )?5(?:0\d|1[01]|2\d)"
        r"(?: error| bad gateway| internal server error| backend fetch failed| gateway time-?out)?",
        r"(?:sorry\W+)?(?:(?:the|this|our) )?(?:web ?site|site|service|server) (?:is )?(?:currently |temporarily )*"
        r"(?:down|off-?line|disabled|unavailable)(?: (?:due to|for|because of) .{1,40})?",
        r"(?:internal |runtime |database |application |server |system |unexpected )?(?:server )?error(?: page)?",
        r"something went wrong|an error (?:has )?occurred",
        r"account suspended",
        r"(?:sitio|página) en (?:mantenimiento|construcción)|en maintenance|wartungsarbeiten",
    ),
    says=_any(
        r"(?:this|our) (?:web ?)?(?:site|page) is (?:(?:currently |temporarily )*(?:under(?:going)?|down for)(?: \w+)?"
        r" (?:maintenance|construction|upgrades?)|(?:currently |temporarily )+(?:down|off-?line|unavailable))",
        r"is currently under(?:going)? (?:\w+ )?maintenance",
        r"(?:the|this|our) (?:system|application|portal|(?:web ?)?site|page|server) is"
        r" (?:currently|temporarily) unavailable",
        r"briefly unavailable for scheduled maintenance",
        r"performing (?:some )?(?:\w+ )?maintenance (?:at the moment|on (?:our|the|this) (?:web ?)?site)",
        r"encountered an (?:unexpected |internal )?error",
        r"an (?:unexpected|application|internal) error (?:has )?occurred",
        r"an error (?:has )?occurred (?:on the (?:page|server)|while (?:processing|trying|loading)|processing)",
        r"error establishing a database connection|backend fetch failed|guru meditation|request could not be satisfied",
        r"this account has been suspended",
        r"buy this domain|domain (?:name )?(?:(?:is |may be )?parked|(?:is|may be) for sale)|domain has expired",
        r"tareas de mantenimiento|sitio (?:web )?(?:está )?en mantenimiento",
    ),
    words=_any(
        r"check back", r"temporarily", r"back (?:soon|shortly|online)", r"try again", r"unavailable", r"overloaded",
        r"apologi[sz]e", r"inconvenience", r"patience", r"m[aá]s tarde",
    ),
)  # fmt: skip
# Titles of notices about roads and water, too.
VAGUE_TITLES = _any(r"(?:scheduled |temporary |planned )*maintenance")
# In the order in which they are tried: the surer before the vaguer.
KINDS = (WALL, LOGIN, ABSENT, CONSENT, CLOSED)
