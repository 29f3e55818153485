"""The question blocks editors build a survey from."""

from wagtail import blocks


class QuestionsBlock(blocks.StreamBlock):
    """Placeholder replaced by the full set."""

    single = blocks.StructBlock([("label", blocks.CharBlock())])
