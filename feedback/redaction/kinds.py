"""The kinds of thing a redaction can hide. docs/redaction.md says why each is hidden and what is kept."""

PERSON = "PERSON"
PLACE = "PLACE"
ADDRESS = "ADDRESS"
POSTCODE = "POSTCODE"
ORGANISATION = "ORGANISATION"
PHONE = "PHONE"
EMAIL = "EMAIL"
HANDLE = "HANDLE"
URL = "URL"
IP = "IP"
NINO = "NINO"
NHS = "NHS_NUMBER"
VEHICLE = "VEHICLE"
CRIME_REF = "CRIME_REF"
COLLAR = "COLLAR"
CARD = "CARD"
ACCOUNT = "ACCOUNT"
PASSPORT = "PASSPORT"
LICENCE = "LICENCE"
DATE = "DATE"
NUMBER = "NUMBER"

# Where two finders claim the same characters the earlier kind here gives its name to the placeholder.
ALL = (
    EMAIL,
    URL,
    IP,
    HANDLE,
    LICENCE,
    PASSPORT,
    ACCOUNT,
    NINO,
    CRIME_REF,
    COLLAR,
    NHS,
    DATE,
    POSTCODE,
    VEHICLE,
    CARD,
    PHONE,
    NUMBER,
    ADDRESS,
    ORGANISATION,
    PERSON,
    PLACE,
)
RANK = {kind: number for number, kind in enumerate(ALL)}
