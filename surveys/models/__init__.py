"""The tables of this package: surveys and versions, drafts while someone answers, and responses after."""

from surveys.dated import EqualityCount, EqualityQuestion, ListedOption, UsedSlip
from surveys.models.draft import Draft, DraftAnswer, DraftWords, KeptText
from surveys.models.response import Answer, KeyedCount, ReceiptWords, Response
from surveys.models.survey import LanguageCheck, Survey, SurveyTranslation, SurveyVersion

__all__ = [
    "Answer",
    "Draft",
    "DraftAnswer",
    "DraftWords",
    "EqualityCount",
    "EqualityQuestion",
    "KeptText",
    "KeyedCount",
    "LanguageCheck",
    "ListedOption",
    "ReceiptWords",
    "Response",
    "Survey",
    "SurveyTranslation",
    "SurveyVersion",
    "UsedSlip",
]
