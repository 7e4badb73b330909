"""The words that surround and qualify an office in print."""

from __future__ import annotations

__all__ = [
    "ADVERSARIES",
    "BESIDE",
    "FORMER",
    "HONORIFIC",
    "INCOMING",
    "NATIONS",
    "NEUTRAL",
    "OF_COMPANIES",
    "PLAIN",
    "PREPOSITIONS",
    "PUBLIC",
    "SELECTIVE",
    "TRAILING",
]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


FORMER = _listed("""former ex formerly onetime past previous late retired then ousted erstwhile served was once""")
INCOMING = _listed("incoming elect")
# Before an office these make another one: an assistant attorney general is not the attorney general.
BESIDE = _listed("assistant associate deputy vice junior undersecretary under shadow honorary student youth")
PREPOSITIONS = _listed(
    """of for to at in with on from by under who whose that which representing since during until after before when
    while against about among between near over through via as not because"""
)
HONORIFIC = _listed("mr mrs ms miss mx dr rev hon honorable sir dame")
# What may stand before an office without naming a place or another body.
_ADJECTIVES = _listed(
    """a an the his her their its our my your this that fellow democratic democrat republican gop independent
    libertarian progressive conservative liberal moderate socialist centrist longtime newly new old young
    elected reelected appointed sworn sitting current incumbent acting interim first second third fourth two
    three four five one term freshman popular embattled outgoing departing controversial beleaguered female
    woman black latino latina hispanic gay openly lesbian white top senior state states city citys county
    countys town towns village villages local area hometown own mr mrs ms dr 44th 45th 46th 47th lame duck well
    known next american and presumptive billionaire native outspoken powerful influential rising national
    presidential vice gubernatorial mayoral nominee candidate hopeful contender running mate sen rep gov leader
    whose also now still us united nations right wing left leaning of hon honorable"""
)
PLAIN = FORMER | INCOMING | _ADJECTIVES
# Words that say nothing against a governor's or mayor's being meant.
NEUTRAL = _listed(
    """democrat democrats republican republicans independent libertarian democratic gop candidate candidates nominee
    contender hopeful challenger frontrunner runner politician leader chair chairman chairwoman chairperson
    cochair lawmaker official incumbent presidential gubernatorial mayoral white house moderate progressive
    conservative"""
)
# Heads of phrases that politicians get from those who write about them: "a fierce Trump critic".
ADVERSARIES = _listed("critic ally foe rival opponent antagonist candidate nominee contender hopeful challenger")
# Head nouns of people who speak or act for a public body, or who ask to.
PUBLIC = _listed(
    """spokesman spokeswoman spokesperson spokespeople press secretary adviser advisor aide staffer director chief
    captain capt colonel col lieutenant lt sergeant sgt officer trooper detective deputy marshal agent judge
    justice magistrate ambassador envoy admiral brigadier superintendent chancellor minister administrator
    coordinator inspector candidate nominee contender hopeful challenger lawmaker legislator politician official
    trustee regent commissioner clerk coroner examiner warden undersecretary firefighter commander major maj
    chair chairman chairwoman chairperson leader prosecutor czar general whip parliamentarian ombudsman surveyor
    assessor registrar postmaster solicitor constable councilmember commissioners ombudswoman diplomat
    secretaries lady gentleman gen adm cmdr brig"""
)
# Heads of bodies of every sort; what stands before or after them and is no place makes them something else's: a
# university's president, a union's representative, the Fed's governor, a company's vice president.
SELECTIVE = _listed(
    """president vice_president speaker_of_the_house representative senator treasurer auditor comptroller
    state_representative council_member district_attorney governor"""
)
NATIONS = _listed(
    """french russian chinese mexican brazilian turkish ukrainian iranian iraqi afghan syrian egyptian israeli
    palestinian south korean japanese indian pakistani philippine filipino venezuelan colombian cuban argentine
    polish german italian spanish austrian czech hungarian romanian bulgarian serbian greek cypriot finnish
    estonian latvian lithuanian african nigerian kenyan ethiopian rwandan ugandan european indonesian taiwanese
    vietnamese bolivian peruvian chilean haitian honduran guatemalan salvadoran panamanian belarusian georgian
    kazakh france russia china mexico brazil turkey ukraine iran iraq afghanistan syria egypt israel korea japan
    india pakistan philippines venezuela colombia cuba argentina poland germany italy spain nigeria kenya
    ethiopia europe indonesia taiwan haiti honduras guatemala"""
)
OF_COMPANIES = _listed("president vice_president treasurer")
# What may follow the head of a phrase and leave it its head.
TRAILING = _listed("elect designate emeritus pro tem tempore himself herself now then today too also")
