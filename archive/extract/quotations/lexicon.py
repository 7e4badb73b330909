"""The word lists that the quotation reader stands on: lower case, facts of English, reviewed by hand.

A list is here because its words behave alike before or after a quotation, never because one text needed it.
"""

from __future__ import annotations

__all__ = [
    "ABBREVIATIONS", "ADVERBS", "AUXILIARIES", "CALLING", "COMMON_STARTS", "CONJUNCTIONS", "DETERMINERS", "FEMALE",
    "FUNCTION", "IRREGULAR_PAST", "KIN",
    "MALE", "MONTHS", "NAME_PARTICLES", "NOUN_CUES", "ORGANISATION_WORDS", "PEOPLE", "PERSON_NOUNS",
    "PERSON_TITLES", "POSSESSIVES", "PREPOSITIONS", "PRONOUNS", "SAYING", "SPOKESPEOPLE", "STATES", "STATE_OF",
    "SUFFIXES", "TELLING", "THINGS_THAT_SAY", "WEEKDAYS",
]  # fmt: skip


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


# Verbs whose subject speaks. Before or after a quotation they are nearly proof.
SAYING = _words(
    """
    said says say saying added adds add adding wrote writes write writing continued continues continuing noted notes
    noting stated states stating explained explains explaining replied replies replying declared declares declaring
    concluded concludes concluding recalled recalls recalling responded responds responding argued argues argue
    arguing read reads pledged pledges pledging acknowledged acknowledges acknowledging insisted insists insisting
    admitted admits admitting remarked remarks remarking tweeted tweets tweeting posted posts posting commented
    comments commenting announced announces announcing asserted asserts asserting claimed claims claiming predicted
    predicts predicting lamented laments lamenting joked jokes joking quipped quips quipping shouted shouts shouting
    yelled yells yelling chanted chants chanting answered answers answering observed observes observing exclaimed
    exclaims warned warns warning vowed vows vowing cautioned cautions cautioning complained complains complaining
    conceded concedes conceding boasted boasts boasting proclaimed proclaims proclaiming reiterated reiterates
    reiterating emphasized emphasizes emphasizing emphasised stressed stresses stressing testified testifies
    testifying alleged alleges alleging suggested suggests suggesting contended contends contending maintained
    maintains elaborated elaborates interjected retorted retorts countered counters countering mused muses wondered
    wonders affirmed affirms confirmed confirms declined repeated repeats repeating agreed agrees agreeing reported
    reports reporting asked asks asking urged urges urging promised promises promising explained opined opines charged
    demanded demands demanding pleaded pleads hinted hints joked recounted recounts remembered remembers revealed
    reveals disclosed discloses specified snapped fumed thundered intoned deadpanned whispered cried screamed muttered
    murmured emailed e-mailed texted retweeted blogged penned stipulated vented griped groused gushed marveled
    marvelled enthused chimed scoffed sneered barked bellowed boomed shot commended thought thinks believes believed
    feels felt hoped hopes expects expected joking reasoned ruled opined summarized summed underscored underscores
    reminded echoed echoes echoing implored implores begged apologized apologised offered offers pointed points went
    goes put puts quoted quotes quoting speculated pronounced signed signs wants wanted knew knows saw sees means
    meant decided
    """
)
# Verbs with a hearer after them: "told reporters", "assured the crowd".
TELLING = _words(
    """
    told tells tell telling assured assures assuring reminded reminds reminding informed informs informing asked asks
    asking advised advises urged urges urging warned warns warning
    """
)
# Verbs that carry quoted words as their object or complement: "called the raids "cruel"".
CALLING = _words(
    """
    called calls call calling described describes describe describing accused accuses accusing blasted blasts blasting
    criticized criticizes criticizing criticised praised praises praising labeled labels labeling labelled dubbed dubs
    referred refers referring characterized characterizes characterizing denounced denounces denouncing slammed slams
    slamming mocked mocks mocking dismissed dismisses dismissing decried decries decrying condemned condemns
    condemning portrayed portrays portraying cited cites citing branded brands branding deemed deems blamed blames
    blaming thanked thanks thanking attacked attacks attacking expressed expresses expressing derided derides hailed
    hails hailing touted touts touting likened likens credited credits voiced voices defended defends defending lashed
    ripped rips hit used uses using issued issues released releases releasing published invoked questioned questions
    questioning highlighted highlights bemoaned bemoans celebrated lauded lauds applauded applauds rejected rejects
    rejecting ridiculed ridicules rebuked rebukes chided chides scolded berated castigated excoriated pilloried
    skewered assailed assails proposed proposes sought seeks focused focuses spoke speaks speaking talked talks
    talking included includes including insulted compared compares comparing implied implies pressed presses declared
    ordered orders vowed promised found finds rated rates named names naming shared shares sent sends launched made
    makes embraced complimented compliments commended commends congratulated congratulates saluted salutes
    """
)
# Nouns that stand for saying: "in a statement", "his remarks".
NOUN_CUES = _words(
    """
    statement statements tweet tweets letter letters email e-mail emails interview interviews remarks remark comment
    comments speech speeches memo memorandum testimony op-ed editorial column blog post posts message messages
    announcement briefing conference release video address note words quote quotes quotation response reply question
    answer argument claim claims assertion warning promise pledge slogan motto
    """
)
SPOKESPEOPLE = _words("spokesman spokeswoman spokesperson spokespeople spokesmen spokeswomen representative")

PRONOUNS = _words("he she they we i it who")
POSSESSIVES = _words("his her their its")
DETERMINERS = _words(
    """
    the a an this that these those his her its their our my your one another some many several two three four five six
    seven eight nine ten dozens hundreds thousands both each every all most any other no
    """
)
PREPOSITIONS = _words(
    """
    of in on at by for with from to into about against after before during under over between among through without
    within toward towards upon across around near since until per despite regarding concerning via amid outside inside
    off out up down like versus vs alongside throughout beyond above below behind as
    """
)
CONJUNCTIONS = _words(
    """
    and or but nor so yet that which whom whose because while when where if although though whether than unless once
    however why how what then
    """
)
AUXILIARIES = _words(
    """
    is are was were be been being has have had having do does did will would can could may might must shall should
    isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't shouldn't 'd
    'll 've 're gets got get 'm cannot
    """
)
ADVERBS = _words(
    """
    also later then recently reportedly publicly repeatedly often previously now once again further simply famously
    already just still even only never always earlier yesterday today tomorrow similarly quickly flatly bluntly
    jokingly sarcastically rhetorically angrily briefly clearly not too ever eventually finally initially soon
    afterward afterwards meanwhile instead there here more very really essentially basically specifically pointedly
    dryly wryly quietly proudly loudly firmly confidently tearfully emphatically
    """
)
FUNCTION = PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | ADVERBS
IRREGULAR_PAST = _words(
    """
    went took made left won lost ran came gave got held kept met put led fell began drew fought broke chose hit set beat
    cut let found knew thought became brought bought built sent spent stood sat rose drove wore threw grew
    """
)
WEEKDAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tues wed thurs fri sat sun mondays tuesdays"
)
MONTHS = _words(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec
    """
)
# Words that begin a sentence with a capital and are nobody's name.
COMMON_STARTS = (
    FUNCTION | DETERMINERS | PRONOUNS | WEEKDAYS | MONTHS
    | _words(
        """
        here there today yesterday tomorrow last next first second third meanwhile according speaking asked still yes
        no well now let please thank thanks good such much more less few fewer given following not never ever every
        perhaps maybe indeed instead rather additionally furthermore moreover nevertheless nonetheless otherwise
        overall sadly unfortunately fortunately finally recently earlier later early late soon both neither either him
        them us me himself herself myself themselves ours yours mine hers theirs people everyone everybody nobody
        someone somebody anyone anybody nothing something anything everything another citing adding calling saying
        noting told added said asking referring writing responding pressed responded watch read see click photo image
        besides back likewise oh wait pause well interestingly apparently ironically notably naturally frankly
        video update updated related advertisement share follow subscribe copyright editor's note source sources
        former ex
        """
    )
)  # fmt: skip

PERSON_TITLES = _words(
    """
    selectman selectwoman harbormaster rancher librarian fire sens reps govs messrs mr mrs ms miss dr prof professor
    rev reverend hon honorable judge justice sir dame lord lady rabbi imam bishop archbishop pastor father sister
    brother pope king queen prince princess mayor gov governor sen senator rep representative congressman
    congresswoman congressmember president vice-president chairman chairwoman chair chairperson chief captain capt
    colonel col general gen lieutenant lt sergeant sgt major maj officer detective det deputy sheriff secretary sec
    treasurer commissioner comm councilman councilwoman councilmember councilor councillor alderman alderwoman ald
    assemblyman assemblywoman assemblymember delegate del speaker superintendent supt director attorney ambassador amb
    admiral adm commander cmdr cpl corporal private pvt staff spokesman spokeswoman spokesperson minister chancellor
    premier senator-elect governor-elect mayor-elect president-elect administrator supervisor executive trustee clerk
    auditor comptroller controller coach manager inspector marshal provost dean principal solicitor prosecutor
    counselor author actor actress singer rapper host anchor reporter columnist strategist pollster analyst adviser
    advisor economist candidate nominee leader whip first lady co-chair co-founder founder ceo cfo
    """
)
ABBREVIATIONS = _words(
    """
    mr mrs ms dr prof rev hon sen sens rep reps gov govs lt col gen capt sgt maj cmdr adm det supt comm ald del amb
    sec st jr sr inc co corp ltd no vs etc jan feb mar apr jun jul aug sep sept oct nov dec ave blvd rd ft mt dept
    univ assn ala ariz ark calif colo conn fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa
    tenn tex va vt wash wis wyo u.s u.n d.c n.y n.j n.h n.c n.d n.m s.c s.d r.i w.va a.m p.m cpl pvt cpt atty asst
    """
)
SUFFIXES = _words("jr sr ii iii iv jr. sr. esq")
NAME_PARTICLES = _words("de la le del della der den van von di da dos du el al bin ibn ten ter st o mc mac y")

# What a group or a thing is called where it is the one that says.
PERSON_NOUNS = _words(
    """
    predecessor successor spokesman spokeswoman spokesperson official officer senator governor mayor president
    candidate nominee lawmaker congressman congresswoman representative aide adviser advisor strategist operative
    consultant analyst expert professor economist lawyer attorney judge prosecutor investigator detective chief
    sheriff captain commissioner director secretary minister ambassador leader chairman chairwoman chair executive
    manager owner founder businessman businesswoman billionaire mogul entrepreneur developer author writer journalist
    reporter columnist commentator host anchor moderator editor activist organizer advocate supporter protester
    demonstrator voter resident neighbor neighbour worker employee teacher student doctor nurse physician scientist
    researcher pastor priest bishop rabbi reverend pope veteran soldier general colonel man woman boy girl father
    mother dad mom son daughter brother sister husband wife parent child friend colleague rival opponent critic ally
    person source witness victim user fan actor actress singer comedian star coach player democrat republican
    conservative liberal libertarian independent socialist front-runner frontrunner incumbent challenger contender
    politician statesman diplomat neurosurgeon tycoon magnate pollster narrator speaker caller guest superintendent
    trooper firefighter councilman councilwoman councilmember alderman assemblyman legislator delegate treasurer
    comptroller controller clerk administrator supervisor counsel coordinator volunteer delegate survivor leader
    first-lady premier chancellor king queen prince immigrant refugee retiree farmer driver passenger tourist shopper
    customer homeowner landlord tenant
    """
)
KIN = _words(
    """
    wife husband spouse widow widower mother father parents son sons daughter daughters brother brothers sister sisters
    grandson granddaughter grandfather grandmother uncle aunt cousin niece nephew fiance fiancee
    """
)
PEOPLE = _words(
    """
    officials officers senators governors mayors candidates nominees lawmakers congressmen representatives aides
    advisers advisors strategists operatives consultants analysts experts professors economists lawyers attorneys
    judges prosecutors investigators detectives chiefs leaders executives managers owners reporters journalists
    commentators hosts moderators editors activists organizers advocates supporters protesters protestors
    demonstrators voters residents neighbors neighbours workers employees teachers students doctors nurses physicians
    scientists researchers pastors bishops veterans soldiers men women boys girls parents friends colleagues rivals
    opponents critics allies people sources witnesses victims users fans democrats republicans conservatives liberals
    police authorities crowd members others some many spokesmen spokespeople legislators delegates volunteers donors
    families authors councilmembers councilors attendees audience hecklers detractors observers historians scholars
    """
)
THINGS_THAT_SAY = _words(
    """
    statement report letter email e-mail lawsuit suit complaint ad advertisement editorial release document memo poll
    survey study article story post tweet message website site page sign banner headline book bill law order ruling
    opinion petition transcript video group company campaign organization organisation agency department office
    administration committee commission council board union association party court newspaper magazine network
    publication outlet department bureau coalition foundation institute center team government ministry embassy
    plaintiffs filing indictment affidavit resolution caption narrator text note court white-house newsletter column
    """
)
ORGANISATION_WORDS = _words(
    """
    department office committee commission council board union association party court times post journal news
    university college institute center centre foundation coalition bureau agency administration campaign group
    company corporation corp inc llc press network magazine tribune herald globe daily police service services
    authority house senate congress ministry embassy bank fund league society alliance federation chamber club church
    school hospital team project organization watch media radio television tv review examiner weekly reuters cnn nbc
    abc cbs fox msnbc npr politico bloomberg twitter facebook caucus pac street city county state republicans
    democrats conference cities mayors governors
    """
)
STATE_OF = {
    "ala": "Alabama", "ariz": "Arizona", "ark": "Arkansas", "calif": "California", "colo": "Colorado",
    "conn": "Connecticut", "del": "Delaware", "fla": "Florida", "ga": "Georgia", "ill": "Illinois", "ind": "Indiana",
    "kan": "Kansas", "ky": "Kentucky", "la": "Louisiana", "md": "Maryland", "mass": "Massachusetts",
    "mich": "Michigan", "minn": "Minnesota", "miss": "Mississippi", "mo": "Missouri", "mont": "Montana",
    "neb": "Nebraska", "nev": "Nevada", "okla": "Oklahoma", "ore": "Oregon", "pa": "Pennsylvania",
    "tenn": "Tennessee", "tex": "Texas", "va": "Virginia", "vt": "Vermont", "wash": "Washington", "wis": "Wisconsin",
    "wyo": "Wyoming", "n.h": "New Hampshire", "n.j": "New Jersey", "n.m": "New Mexico", "n.y": "New York",
    "n.c": "North Carolina", "n.d": "North Dakota", "r.i": "Rhode Island", "s.c": "South Carolina",
    "s.d": "South Dakota", "w.va": "West Virginia", "d.c": "Washington, D.C.",
}  # fmt: skip
STATES = frozenset(state.lower() for state in STATE_OF.values()) | frozenset(
    ("alaska", "hawaii", "idaho", "iowa", "maine", "ohio", "texas", "utah", "puerto rico", "guam")
)

MALE = _words(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
    donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary
    nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond
    jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter christian
    keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe
    logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip phillip
    eugene louis johnny mike bill jim tom bob dan dave steve tony chris matt ted ed ben sam nick greg jeff ken ron don
    rick rich rob bernie mitt mitch marco jeb barack hillel newt rand rudy sylvester bret tim ray cory kasim deval jay
    phil doug pete charlie chuck dick rod ricardo carlos luis miguel jorge pedro francisco antonio manuel rafael
    roberto fernando javier hector julian julio mario oscar pablo ruben eduardo alejandro andres angel cesar diego
    enrique ernesto felipe guillermo ignacio jaime leonardo ramon raul sergio xavier muhammad mohammed ahmed ali omar
    hassan ibrahim khalil malik jamal tyrone darnell marcus andre terrence maurice reggie darryl jerome leroy curtis
    clarence ernest earl norman stanley leonard melvin alfred herbert frederick howard fred theodore clifford francis
    bernard leon harvey martin allen glenn lee dean derek darren craig shawn todd troy chad brett brad barry neil
    stuart simon ian graham colin duncan nigel derrick wesley lance marvin dwight hugh felix max leo oliver lucas liam
    owen isaac levi caleb hunter evan gavin elliott spencer preston garrett trevor connor seth blake cole tucker beau
    abdul vladimir sergei dmitri ivan boris igor hans klaus jens lars sven pierre jean jacques francois michel
    giovanni luigi giuseppe hiroshi kenji wei jin sanjay rajiv ravi anil vijay arun amit mohan garcetti lamar marion
    newell otis percy quentin reuben rex will roland rufus sherman sidney solomon thaddeus ulysses vernon virgil wade
    wallace warren wendell wilbur willard winston gordon arne clyde dale doyle earle edgar edmund elmer emil emmett
    floyd forrest gene gilbert glen grady griffin gus hank harlan harley harrison homer horace hubert ike ira irving
    isaiah jared jarvis jasper jed jerald jess jimmy joaquin joel jonah kelvin kent kirk kurt lamont laurence leland
    lenny lester lionel lloyd lonnie lorenzo lowell luther lyle mack malcolm marty mathew maxwell merle micah miles
    milo milton mitchell monte morgan morris moses murray ned nelson nolan orlando orville otto parker pat perry
    pierce quinn ramiro randall randolph raphael reed rene reynaldo rickey rocky roderick rodney rodolfo rolando roman
    ronnie ross rudolph rusty sal salvador sammy santiago saul scotty sebastian shane sheldon spike sterling stewart
    tad tanner teddy terrell thad theo tobias tod tommy toby travis trent tristan ty vance vern vic vince vito walt
    ward wilfred wyatt xander yusuf zach zane abe alec alex alfonso alfredo alonzo alton alvin ambrose amos anders
    andy angelo anton archie ari arlen armando arnold arturo asher august aurelio avery barney bart basil benny bert
    blaine bo boyd brady brendan brent britt bryce buck bud burt byron cameron cecil cedric chase chester chip clark
    claude clay clint clinton cliff conor conrad corey cornelius dallas damian damon dana dante darius darrell darrin
    darwin davis dewey dexter dirk dominic dominick donnie donovan dorian drew duane dusty dwayne earnest eddie edmond
    edwin eldon eli elias ellis elton elvin emilio emory enoch erik ernie ervin esteban eugenio everett ezra fabian
    faustino felton fernand fletcher franklin freddie frederic
    jake josh jon harry victor casey cal aidan geoff rahm hakeem emmanuel mikhail yuri aleksandr alexei wolfgang beto
    rashad jamaal devin kieran declan finn soren pavel tomas mateo thiago nico enzo marcelo bernardo tyrell deandre
    tariq hamid karim mustafa youssef abdullah osama bilal takeshi haruki minh duc arjun vikram rohan sunil rakesh
    suresh ramesh deepak kofi kwame emeka chidi olu ngozi stefan
    """
)
FEMALE = _words(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
    kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen
    amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet
    catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith
    megan andrea cheryl hannah jacqueline martha gloria teresa ann anne sara madison frances kathryn janice jean
    abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie
    brittany charlotte marie kayla alexis lori muriel hillary melania ivanka chelsea huma kellyanne carly nikki jill
    gretchen keisha london libby lovely kate kathy cathy katie kim kristen kristin kirsten kristi kris tammy tara tina
    tracy valerie vanessa veronica vivian wendy yvonne yvette wanda vera sheila sherry shelby shannon sally rosa rose
    roberta robin rita regina ramona rachael priscilla phyllis penny peggy paula patti patty nina norma nora naomi
    natasha monica molly miriam melanie maxine maureen marsha marlene marjorie marion marcia mandy lynn lydia lucy
    lucille louise lorraine loretta lois lillian leslie leah laurie kristina katrina kara june juanita josephine
    joanne joanna joann jo jodi jenny jenna jeanne jane jan jamie irene ida hope holly hazel glenda ginger gina
    georgia geraldine gail florence esther erin erica erika ellen elaine eileen edna edith dolores dawn daisy crystal
    courtney connie colleen claudia claire clara cindy charlene celeste cecilia cassandra carrie carmen carla candace
    bonnie blanca bernice bernadette beth bertha audrey antonia annie anita angelica alicia alexandra agnes adriana
    guadalupe esperanza luz pilar consuelo mercedes soledad xiomara yolanda fatima aisha amina layla leila zainab
    aaliyah latoya tanisha ebony imani nia mei ling yuki sakura priya anjali lakshmi sunita indira olga natalia
    svetlana tatiana irina ingrid astrid greta heidi helga francesca giulia chiara simone camille genevieve brigitte
    sylvia sylvie susana sonia silvia rosario rocio raquel paola norah noelle nadine myrtle myra mona minnie mildred
    mercy meredith melinda mabel lola lena kerry kay karla joy hilary harriet gwen gertrude freda faye eva eunice
    ernestine elsie eleanor dora della deanna daphne constance catalina bridget bessie belinda autumn athena annette
    annabel angelina amelia alyssa alison allison alma adele ada abby tishaura cara lizzie savannah sierra tulsi
    maggie debbie susie suzanne susanna stacey stacy sonya ronna jeanine condoleezza madeleine ketanji odessa tess bev
    junko latrice leona ludmila delphine thora nita arlene fern bea marge dot edie effie etta fay faith fiona flora
    frieda gabriela gabriella gay genie gladys glynis graciela gretel gwendolyn hattie henrietta hester hilda ilse
    imelda inez ines iris isabel isabelle ivy jacinta jackie janelle janette janie janine jasmine jeanette jeannie
    jerri jocelyn joni josie juana judi juliana juliet justine kaitlyn karin karina karyn kasey kelli kellie kelsey
    kendra kira kirstie krista krystal kylie lacey lana lara larissa latasha laurel lauri leanne leigh leonor leticia
    liliana lily lindsay lindsey lisette liz liza lorena loreen lorie lorna lou louisa luann lucia luciana lucinda
    luella lupe lynda lynette lynne mae magdalena maisie malia mara marci margarita margie margo marguerite mariana
    maribel mariel marisa marisol marissa maritza marla marni marta matilda maura mavis may mckenna meghan meg melody
    mia michele miranda misty moira myrna nadia nan nancee nanette nell nellie neva nicola nikita noemi noreen octavia
    odette ofelia opal ophelia paige paloma pansy pearl petra phoebe phylicia polly portia prudence queenie rae randi
    raven reba renata renee rhea rhoda rhonda rochelle rosalie rosalind rosanna rosemarie rosemary roxanne ruby ruthie
    sabrina sadie salma sandy sasha selena serena shauna shawna sheena shelia sherri sheryl shirlee skye sophie stella
    sue suki summer sybil tabitha tamara tanya tasha tatum terri thalia thelma tiffany toni tonya tricia trina trisha
    trudy una ursula valeria velma verna vicki vicky viola violet vivien wilhelmina wilma winifred winona yesenia yoko
    zelda zoe zora
    deb betsy rosie oprah gayle brianna christiane alexandria ayanna rashida gabrielle mallory shonda katy
    dixie neera jen kayleigh megyn kirstjen kamala dianne mika jenn alexa alina bianca bree briana brooke
    cassidy chloe clarissa corinne daniela delilah elena elisa eliza elsa emilia emmeline estelle evangeline
    felicia fernanda gillian giselle harper hayley iliana ingeborg isla jada janae jordana josefina kaitlin katelyn
    kathrin kaylee keiko kiara kristine lakisha latonya lesley liana lilian luisa mackenzie madeline magda makayla
    marianne marina marlee micaela mikayla mina mireille nayeli nicolette noor nyah oksana paulina piper raina ramya
    rebekah rosalba ruthanne saoirse sarai shanice shanna shari shirin sinead sofia soraya tamika tania tatyana teri
    thuy veronique vivienne yasmin yesica zara zoey
    """
)
