"""The objects that the app shares: database, migrations, form tokens, languages, and the site's address."""

from flask import Flask, current_app
from flask_babel import Babel
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from app.domain.addresses import Site
from app.models import Base


class SiteAddress:
    """Gives services the site of the app they run in: its public address and its mail sender."""

    def init_app(self, app: Flask, site: Site) -> None:
        """Remember the site of one app."""
        app.extensions["site"] = site

    def __call__(self) -> Site:
        """Return the site of the running app."""
        site: Site = current_app.extensions["site"]
        return site


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True, compare_type=True)
csrf = CSRFProtect()
babel = Babel()
site = SiteAddress()
