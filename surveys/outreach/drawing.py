"""A link as a QR code, drawn here: no service elsewhere learns of it."""

import io

import segno

# A quarter of the code may be torn or dirty and it still reads. The standard asks for four quiet modules around it.
RECOVERY = "q"
QUIET = 4
PNG_SCALE = 16  # pixels a module: sharp on an A4 poster


def svg(link: str) -> bytes:
    """The code as a scalable drawing, black on white."""
    out = io.BytesIO()
    _made(link).save(out, kind="svg", scale=8, border=QUIET, light="white")
    return out.getvalue()


def png(link: str) -> bytes:
    """The code as a picture."""
    out = io.BytesIO()
    _made(link).save(out, kind="png", scale=PNG_SCALE, border=QUIET)
    return out.getvalue()


def _made(link: str) -> segno.QRCode:
    return segno.make_qr(link, error=RECOVERY)
