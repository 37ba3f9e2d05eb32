from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from programmes.organisations.domain import appoint_staff
from wimmentor.base.actors import COMMAND


class Command(BaseCommand):
    help = "Make EMAIL a member of IWiM's own organisation with the platform's rights, and print a sign-in address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']!r} is not an e-mail address.") from error
        user, address = appoint_staff(email=options["email"], by=COMMAND)
        self.stderr.write(f"{user.email} is IWiM staff. This address signs in once, within a day:")
        self.stdout.write(address)
