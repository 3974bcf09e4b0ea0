"""Files on two sides, and copying between them: here, on a machine, or from one machine to another."""

from __future__ import annotations

from mooring.files.copier import Copier, CopyChoices
from mooring.files.file_system import FileReader, FileSystem, FileWriter
from mooring.files.local_files import LocalFiles

__all__ = ["Copier", "CopyChoices", "FileReader", "FileSystem", "FileWriter", "LocalFiles"]
