"""What the application is made of."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app import views
from app.cli import commands
from app.domain.addresses import Site
from app.extensions import babel, csrf, db, migrate, site
from app.mail.transports import transport
from app.models.connection import check_safe, prepare
from app.views import languages
from config import Config

HOUSE = Path(__file__).resolve().parents[1]


def create_app(config: Config) -> Flask:
    """Build the app from its settings; raise UnsafeDatabase where the database would lose what it keeps."""
    app = Flask(
        __name__,
        instance_path=str(config.instance_dir),
        template_folder=str(HOUSE / "templates"),
        static_folder=None,
    )
    config.instance_dir.mkdir(parents=True, exist_ok=True)
    app.config.from_mapping(config.flask())
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way to put something in front
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies
        )

    db.init_app(app)
    migrate.init_app(app, db, directory=str(HOUSE / "migrations"))
    csrf.init_app(app)
    babel.init_app(
        app,
        locale_selector=languages.language,
        default_translation_directories=str(HOUSE / "app" / "translations"),
    )
    site.init_app(app, Site(config.public_url, config.sender, config.intake, config.mail_subaddress))
    transport(config.mail_url)  # a wrong address stops the start, not the first letter
    with app.app_context():
        prepare(db.engine)
        app.extensions["warnings"] = check_safe(db.engine)

    views.init_app(app)
    commands.init_app(app)
    return app
