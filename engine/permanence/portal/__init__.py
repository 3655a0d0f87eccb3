"""The pages that customers open by a link: a Starlette application that only reads."""
