"""The docs site: `sphinx-build -W docs docs/_build`. Nothing in it is loaded from elsewhere."""

from sphinx.application import Sphinx

from tajsec import __version__
from tajsec.generate.pages import filled

project = "tajsec"
release = __version__
extensions = ["myst_parser"]
exclude_patterns = ["_build", "search.md"]  # Sphinx has a page `search` of its own: searching.md includes ours
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
smartquotes = False  # an option's two hyphens stay two hyphens
nitpicky = True
html_theme = "furo"
html_title = f"tajsec {release}"
html_copy_source = False  # a page's source lacks what is made of the tool
html_show_copyright = False


def setup(app: Sphinx) -> None:
    """Fill every page as it is read."""
    app.connect("source-read", _fill)


def _fill(_: Sphinx, __: str, page: list[str]) -> None:
    page[0] = filled(page[0])
