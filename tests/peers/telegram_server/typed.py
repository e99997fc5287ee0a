"""Holds requests against aiogram's typed methods: a second opinion beside the specification."""

from typing import Any

import aiogram.methods
from pydantic import ValidationError


def typed_problems(method: str, values: dict[str, Any]) -> list[str]:
    """Return what aiogram's class of a method refuses in a request's values.

    Methods and parameters that aiogram has not got are left to the specification.
    """
    described = getattr(aiogram.methods, method[:1].upper() + method[1:], None)
    if described is None:
        return []
    try:
        described.model_validate(values)
    except ValidationError as error:
        return [
            f"{method}.{'.'.join(str(part) for part in found['loc'])}: {found['msg']} (aiogram)"
            for found in error.errors()
        ]
    return []
