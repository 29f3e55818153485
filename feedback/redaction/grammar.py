"""Small closed sets of words that say whether a name stands nearby."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


FUNCTION_WORDS = word_set(
    """
    a about above after again against all almost also although always am an and any anyone are as ask asked at
    away back be because been before behind being below between both but by call called calling came can cant
    come could did didnt do does doesnt doing done dont down each either else even ever every everyone few for
    found from gave get gets getting give given go goes going gone got had has hasnt have having he her here
    hers him himself his how however i if im in instead into is isnt it its itself just keep kept knew know
    known last later least less let like made make many may me might mine more most much must my myself near
    neither never new next no nobody none nor not nothing now of off often on once one only onto or other others
    our ours out over own people per perhaps please put quite rang rather really ring said same saw say says see
    seen sent she should since so some someone something sometimes soon still such take taken than thank thanks
    that thats the their theirs them then there these they theyre thing things think this those though through
    to today together told tomorrow too took tried try under until unto up upon us use used very via want wanted
    was wasnt we well went were what when where whether which while who whole whom whose why will with within
    without wont would yes yesterday yet you your yours named spoke already comes arrived left finally
    eventually immediately explained apologised apologized helped phoned texted emailed contacted visited turned
    decided started stopped promised listened refused
    """
)

# Words that stand with a capital only because they open a sentence.
OPENERS = word_set(
    """
    oh hello hi hey hiya dear nope yeah yep yes ok okay firstly secondly thirdly lastly fortunately
    unfortunately sadly thankfully honestly basically hopefully obviously surprisingly apparently regards cheers
    sorry c'mon wow ah aha ha haha hmm um er erm lol ps nb fyi btw afterwards meanwhile moreover furthermore
    nevertheless nonetheless whilst additionally similarly likewise ditto alas bravo congratulations kudos amen
    thankyou thanx ty thx pls plz cos coz cuz tbh imo
    """
)

# Verbs only a person does. After one of these an opening "Grace" or "Hope" is a name.
PERSON_VERBS = word_set(
    """
    said says told tells asked asks came comes rang rings phoned called calls texted emailed helped helps
    explained explains listened listens went goes took takes gave gives kept keeps made makes wrote writes spoke
    speaks knew knows saw sees believed understood apologised apologized promised promises replied answered
    visited lied lies cried threatened hit punched attacked breached broke followed stalked grabbed raped abused
    assaulted moved lives lived works worked waited sat stood drove met meets wants wanted tried thinks thought
    got gets sent sends did didn does doesn never always who rocks arranged sorted found stayed stopped let
    refused started laughed
    """
)
STATES = word_set("was is has had isn wasn hasn hadn will would could can and from were")

# What nothing but a person does, and the words that begin a clause: between them even "mark" is a name.
SURE_VERBS = word_set(
    """
    said told rang came called phoned texted emailed helped explained wrote spoke asked hit punched threatened lives
    apologised promised replied followed stalked was
    """
)
CLAUSE_OPENERS = word_set("and when then because so but that after before until while where if once since whenever")

# Words of faith and feeling that open sentences far more often as themselves than as a name.
ABSTRACT = word_set(
    """
    hope faith justice patience charity mercy unity chance trinity prudence glory heaven joy blessing harmony destiny
    chase major noble may art christian prince earl duke dawn summer winter autumn april june august ring ray star sky
    sunny stormy misty rich key rod hunt ash bay dale glen heath river rocky forest garden tab tad van wade wave wren
    """
)

# Before these a capital may be a place: "in Reading", "from Bath".
WHERE = word_set(
    """
    in at from to near around via towards outside inside through of into live lives lived living
    """
)
WHERE_ONLY = word_set("in near around via outside inside through into")

# Months that are also first names, and the words that show the month is meant.
MONTH_NAMES = word_set("jan april may june august")
BEFORE_MONTHS = word_set(
    """
    in since by until till last this next of from to late early mid during through and or between st nd rd th
    the every each before after around
    """
)

AREAS = word_set("birmingham coventry dudley sandwell solihull walsall wolverhampton")

PARTICLES = word_set(
    """
    de da do das dos di del della du la le van der den von bin ibn bint binti al el ul ur abu umm ait ben mac mc
    st nad sur
    """
)
