"""Why a picture is refused, each with a sentence for the person who offers it. No sentence holds anything of the file."""

from typing import ClassVar


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation; whoever shows it translates it."""
    return message


class PictureError(Exception):
    """A file that cannot be used; `sentence` says why and what to do."""

    sentence: ClassVar[str] = gettext_noop("This picture cannot be used.")


class TooLarge(PictureError):
    """More bytes than are read."""

    sentence = gettext_noop("This file is too large. A picture may have 20 MB, a DICOM file 50 MB.")


class TooManyPixels(PictureError):
    """More pixels than are unpacked."""

    sentence = gettext_noop("This picture has too many pixels. Make it smaller than 50 megapixels and 16,000 pixels a side.")


class TooManyFrames(PictureError):
    """An animation, a file of several pages, or a long series."""

    sentence = gettext_noop("This file holds too many pictures. Save the ones that matter each as a picture of its own.")


class UnknownKind(PictureError):
    """Not one of the formats that are read; SVG among them."""

    sentence = gettext_noop("This is no picture that can be read here. JPEG, PNG, WebP, HEIC, TIFF and DICOM can.")


class TwoKindsAtOnce(PictureError):
    """A picture that is also an archive, a page or a program."""

    sentence = gettext_noop("This file is a picture and something else at once. Open it and save it anew as a picture.")


class Broken(PictureError):
    """A file that ends early or contradicts itself."""

    sentence = gettext_noop("This file is damaged: its picture cannot be read. Save it anew and try again.")


class NoPixels(PictureError):
    """A DICOM file without an image: a report, a curve, a header."""

    sentence = gettext_noop("This DICOM file holds no image. It may be a report or a curve; take a picture of what matters instead.")


class NotDecoded(PictureError):
    """A DICOM compression that no decoder here reads."""

    sentence = gettext_noop(
        "The image in this DICOM file is damaged or packed in a way that cannot be read here. Export it uncompressed and try again."
    )


class SeveralSeries(PictureError):
    """DICOM files that do not make one series: other sizes, other kinds of pixels, or another series' number."""

    sentence = gettext_noop("These DICOM files are not of one series. Send each series by itself.")


class NoSuchBox(PictureError):
    """A box without a part inside the picture."""

    sentence = gettext_noop("A box lies outside of the picture. Draw it again.")
