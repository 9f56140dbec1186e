"""One settings file, read from the environment; a wrong variable stops the start with its name."""
import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from ansinh.web import security

BASE = Path(__file__).resolve().parents[2]
MODES = ("development", "demonstration", "production")


def env(name: str, default: str | None = None) -> str:
    """The variable ANSINH_<name>; without a default it must be set."""
    value = os.environ.get(f"ANSINH_{name}", default)
    if value is None:
        raise ImproperlyConfigured(f"ANSINH_{name} is not set; docs/operators/install.md says what it holds.")
    return value


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"ANSINH_{name}={value!r}: must be one of {', '.join(allowed)}.")
    return value


# PostgreSQL supposes a turning disk and reads whole tables for a few thousand rows; then ten times the people take a hundred times the reading.
NEAR_DISK = "-c random_page_cost=1.1"


def database(url: str) -> dict:
    """A Django database from an address: ``sqlite:///path`` or ``postgresql://user:password@host:port/name``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = Path(parts.path[1:] if not parts.path.startswith("//") else parts.path[1:])
        path.parent.mkdir(parents=True, exist_ok=True)
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"options": NEAR_DISK, **dict(parse_qsl(parts.query))},
            "CONN_MAX_AGE": 60,
        }
    raise ImproperlyConfigured(f"ANSINH_DATABASE_URL={parts.scheme}://…: must begin with sqlite:/// or postgresql://.")


def store(name: str, folder: Path) -> dict:
    """Where one copy of the stored files lies: ``s3://bucket?endpoint=https://…&region=…``, a folder that an operator made, or ours."""
    value = env(name, "")
    if not value:
        return {"BACKEND": "ansinh.office.folder.Folder", "OPTIONS": {"location": folder}}
    if not value.startswith("s3://"):
        if not value.startswith("/"):
            raise ImproperlyConfigured(f"ANSINH_{name}={value!r}: must be a whole path (/disk2/cabinet) or begin with s3://.")
        return {"BACKEND": "ansinh.office.folder.Folder", "OPTIONS": {"location": Path(value), "made": False}}
    parts = urlsplit(value)
    if parts.username or parts.password or not parts.hostname:
        raise ImproperlyConfigured(f"ANSINH_{name}: must be s3://bucket?endpoint=…; keys belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
    if not find_spec("storages") or not find_spec("boto3"):
        raise ImproperlyConfigured(f"ANSINH_{name}=s3://…: needs requirements/s3.txt, see docs/operators/install.md.")
    missing = [key for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if not os.environ.get(key)]
    if missing:
        raise ImproperlyConfigured(f"ANSINH_{name}=s3://…: {' and '.join(missing)} must be set.")
    asked = dict(parse_qsl(parts.query))
    if strange := sorted(asked.keys() - {"endpoint", "region"}):
        raise ImproperlyConfigured(f"ANSINH_{name}: {', '.join(strange)} is not known; s3://bucket?endpoint=https://…&region=…")
    return {"BACKEND": "ansinh.office.bucket.Bucket", "OPTIONS": {"bucket": parts.netloc, **asked}}


def folder(name: str) -> Path | None:
    """A folder that an operator made, as a whole path; none where it is not set."""
    value = env(name, "")
    if value and not value.startswith("/"):
        raise ImproperlyConfigured(f"ANSINH_{name}={value!r}: must be a whole path (/srv/scans).")
    return Path(value) if value else None


MODE = choice("MODE", "development", MODES)
DATA = Path(env("DATA", str(BASE / "var")))
# The province's own law files, read after the package's; acts put them there, an operator may too.
LAW = folder("LAW") or DATA / "law"
DATABASES = {"default": database(env("DATABASE_URL", f"sqlite:///{DATA}/ansinh.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEBUG = False
SECRET_KEY = env("SECRET_KEY", None if MODE == "production" else "not a secret: development and demonstration only")
ALLOWED_HOSTS = env("HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
# Printed on papers that leave the house, to be opened by whoever receives them.
ADDRESS = env("ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if MODE == "production" else "").rstrip("/")

PROGRAMMES = [f"ansinh.{name}" for name in env("PROGRAMMES", "benefits").split(",") if name]
INSTALLED_APPS = [
    "ansinh.indicators",
    *PROGRAMMES,
    "ansinh.payments",
    "ansinh.dossiers",
    "ansinh.documents",
    "ansinh.registry",
    "ansinh.office",
    "ansinh.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ansinh.office.signin.LockedDoorsMiddleware",
    "ansinh.office.signin.SecondFactorMiddleware",
    "ansinh.web.middleware.NoStoreMiddleware",
    "ansinh.web.middleware.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "ansinh" / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ansinh.config.context.page_frame",
            ],
            "builtins": ["ansinh.web.templatetags.office_words"],
        },
    }
]
ROOT_URLCONF = "ansinh.config.urls"
WSGI_APPLICATION = "ansinh.config.wsgi.application"

AUTH_USER_MODEL = "office.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "ansinh.office.signin.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "ansinh.office.signin.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "An Sinh"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "vi"
LOCALE_PATHS = [BASE / "ansinh" / "web" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/tinh/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
STORAGES = {
    "default": store("STORAGE", DATA / "cabinet"),
    "copy": store("COPY", DATA / "cabinet-copy"),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if MODE == "production"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
if STORAGES["copy"] == STORAGES["default"]:
    raise ImproperlyConfigured("ANSINH_STORAGE and ANSINH_COPY name the same place: a second copy in it would be none.")
WHITENOISE_USE_FINDERS = MODE != "production"
# Counts of failed sign-ins must be shared by all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA / "cache"}}

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "ansinh.web.errors.csrf_failure"
CONTENT_SECURITY_POLICY = security.CONTENT_SECURITY_POLICY
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if MODE == "production":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env("HTTPS", "yes") == "yes"
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # failed sign-ins are counted by visitor, not all together by the proxy before us
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG", "WARNING")},
}

# So many pages are read at a time; each reader is a process of its own.
READERS = max(1, int(env("READERS", str(os.cpu_count() or 1))))
# Below it officers may have folders of scanners watched, and leave packages that are too large for a browser.
INTAKE = folder("INTAKE")
