"""The builder's fields for Easy Read and sign language, behind the gear of each question."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from surveys.pictures import names

PICTURES = [(name, name.replace("-", " ").capitalize()) for name in names()]
OWN_HELP = "From your own image library, in place of one of ours. Publishing keeps a copy that never changes."


def picture_blocks() -> dict[str, blocks.Block]:
    """One of our drawings, or the office's own picture."""
    return {
        "picture": blocks.ChoiceBlock(choices=PICTURES, required=False, label="Our picture"),
        "own_picture": ImageChooserBlock(required=False, label="Your own picture", help_text=OWN_HELP),
    }


def easy_block() -> blocks.StructBlock:
    """The question in Easy Read."""
    children: dict[str, blocks.Block] = {
        "label": blocks.CharBlock(
            max_length=200, required=False, label="Question", help_text="One idea, short words, about ten of them."
        ),
        "hint": blocks.CharBlock(max_length=200, required=False, label="Hint", help_text="One more short sentence."),
        **picture_blocks(),
        "alt": blocks.CharBlock(
            max_length=120,
            required=False,
            label="What the picture shows",
            help_text="Leave it empty if the words beside the picture say the same.",
        ),
    }
    return blocks.StructBlock(list(children.items()), label="Easy Read", required=False, collapsed=True)


def signed_block() -> blocks.StructBlock:
    """The question in British Sign Language."""
    return blocks.StructBlock(
        [
            (
                "video",
                DocumentChooserBlock(
                    required=False, label="Film", help_text="An .mp4 or .webm file that signs the question and options."
                ),
            ),
            ("captions", DocumentChooserBlock(required=False, label="Captions", help_text="A .vtt file.")),
        ],
        label="Sign language (BSL)",
        required=False,
        collapsed=True,
    )


def option_blocks() -> tuple[blocks.Block, blocks.Block, blocks.Block]:
    """What an option has in Easy Read: words, one of our drawings, or the office's own picture."""
    pictures = picture_blocks()
    words = blocks.CharBlock(max_length=120, required=False, label="In Easy Read")
    return words, pictures["picture"], pictures["own_picture"]
