"""Pictures to send, and what a browser sends along with them."""

import io
from collections.abc import Iterable

import numpy as np
import pydicom
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pydicom.dataset import FileMetaDataset

from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures.access import held_id
from curbside.anonymous.pictures.models import Picture
from tests.anonymous.cases.cast import case_form


def a_png(width: int = 80, height: int = 60, colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def a_telling_jpeg() -> bytes:
    """A photograph that names its place, camera and maker."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "Nikon", "Mary Example", 6
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (60, 40), "white").save(out, "JPEG", exif=exif, comment=b"Hospital Example")
    return out.getvalue()


def a_dicom(frames: int = 2, *, value: int = 1000, number: int = 1, series: str = "1.2.3") -> bytes:
    dataset = pydicom.Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = pydicom.uid.SecondaryCaptureImageStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = "1.2.3.4"
    dataset.InstanceNumber, dataset.SeriesInstanceUID = number, series
    dataset.PatientName, dataset.PatientID = "Example^Mary", "4711"
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = 30, 40, frames
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 16, 15, 0
    dataset.WindowCenter, dataset.WindowWidth = value, 2 * value
    dataset.PixelData = np.full((frames, 30, 40), value, "<u2").tobytes()
    out = io.BytesIO()
    dataset.save_as(out, enforce_file_format=True)
    return out.getvalue()


def as_file(data: bytes, name: str = "Mary Example.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def held(picture: Picture, sender: Member) -> str:
    return held_id(picture_id=picture.pk, sender=sender)


def with_pictures(pictures: Iterable[Picture], sender: Member, **changes: object) -> dict[str, object]:
    """The composer's form with pictures whose consent is held; ``changes`` are of every note where they are a note's."""
    named = [held(picture, sender) for picture in pictures]
    note = {"caption": "Day three", "alt": "", "consent": "written", "reason": ""}
    note |= {part: changes.pop(part) for part in list(changes) if part in {*note, "out"}}
    notes = {f"{name}-{part}": value for name in named for part, value in note.items()}
    return {**case_form(), "picture": named, **notes, **changes}
