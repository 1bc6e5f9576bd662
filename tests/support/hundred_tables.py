"""The schema of a business application with a hundred tables, as one migration; the same text in every run."""

from __future__ import annotations

from collections.abc import Iterator

# What a domain's main table is called, and what belongs to each of its rows.
DOMAINS = {
    "customers": ("contacts", "addresses", "notes", "tags", "consents", "segments"),
    "orders": ("items", "notes", "shipments", "returns", "discounts", "events"),
    "invoices": ("lines", "payments", "reminders", "credits", "events"),
    "products": ("images", "prices", "variants", "reviews", "stocks", "tags"),
    "projects": ("tasks", "milestones", "members", "files", "budgets", "risks"),
    "tickets": ("messages", "attachments", "watchers", "escalations", "events"),
    "employees": ("contracts", "absences", "salaries", "skills", "trainings"),
    "campaigns": ("mails", "clicks", "audiences", "budgets", "events"),
    "assets": ("checks", "loans", "repairs", "photos", "licences"),
    "suppliers": ("offers", "ratings", "contacts", "documents", "contracts"),
    "warehouses": ("shelves", "moves", "counts", "keys", "zones"),
    "reports": ("runs", "schedules", "columns", "filters", "subscribers"),
}
# Keys between the domains, among them each other's, two to one table, to itself, to nothing of the models.
ODD = """
alter table public.orders add customer_id uuid not null references public.customers on delete restrict;
alter table public.orders add billing_address_id uuid references public.customer_addresses;
alter table public.orders add shipping_address_id uuid references public.customer_addresses on delete set null;
alter table public.order_items add product uuid not null references public.products;
alter table public.invoices add order_id uuid unique references public.orders;
alter table public.customers add favourite_order_id uuid references public.orders;
alter table public.customer_notes add created_by uuid not null references public.employees;
alter table public.customer_notes add updated_by uuid references public.employees;
alter table public.employees add manager_id uuid references public.employees;
alter table public.products add parent_id uuid references public.products;
alter table public.tickets add merged_into_id uuid references public.tickets deferrable initially deferred;
alter table public.tickets add type_id uuid references public.reports;
alter table public.assets add metadata_id uuid references public.reports, add constraint named
  foreign key (id) references public.products;
create table public.order_labels (
  order_id uuid references public.orders on delete cascade, label_id uuid references public.customer_tags on delete cascade,
  primary key (order_id, label_id)
);
create table public.profiles (
  id uuid primary key references auth.users on delete cascade, employee_id uuid references public.employees
);
create table public.profile_settings (id uuid primary key references public.profiles on delete cascade, theme text);
create table public.audit_log (at timestamptz not null default now(), order_id uuid references public.orders, line text);
create schema tenancy;
create table tenancy.workspaces (id uuid primary key default gen_random_uuid(), name text not null);
create table tenancy.folders (
  workspace_id uuid not null references tenancy.workspaces on delete cascade, id uuid not null default gen_random_uuid(),
  parent_id uuid, primary key (workspace_id, id),
  foreign key (workspace_id, parent_id) references tenancy.folders (workspace_id, id)
);
create table tenancy.documents (
  workspace_id uuid not null references tenancy.workspaces on delete cascade, id uuid not null default gen_random_uuid(),
  folder_id uuid not null, template_folder_id uuid, owner uuid references public.employees, primary key (workspace_id, id),
  foreign key (workspace_id, folder_id) references tenancy.folders (workspace_id, id) on delete cascade,
  foreign key (workspace_id, template_folder_id) references tenancy.folders (workspace_id, id)
);
create table tenancy."documentVersions" (
  id bigint generated always as identity primary key, "workspaceId" uuid not null, "documentId" uuid not null,
  foreign key ("workspaceId", "documentId") references tenancy.documents (workspace_id, id) on delete cascade
);
create table tenancy.aliases (
  id uuid primary key, folder_id uuid not null, workspace_id uuid not null references tenancy.workspaces,
  other_workspace_id uuid references tenancy.workspaces, twice uuid references tenancy.workspaces,
  foreign key (workspace_id, folder_id) references tenancy.folders (workspace_id, id),
  constraint again foreign key (twice) references tenancy.workspaces on delete cascade
);
"""


def migration() -> str:
    texts = [text for main, parts in DOMAINS.items() for text in _domain(main, parts)]
    return "\n".join(["create type public.state as enum ('open', 'waiting', 'closed');", *texts, *_extra(), ODD])


def _domain(main: str, parts: tuple[str, ...]) -> Iterator[str]:
    one = main.removesuffix("s")
    yield _table(main, "code varchar(20) not null unique, name text not null check (name <> '')")
    for part in parts:
        own = f"{one}_id uuid not null references public.{main} on delete cascade"
        yield _table(f"{one}_{part}", f"{own}, position integer not null default 0, note text")
        yield f"create index on public.{one}_{part} ({one}_id);"


def _extra() -> Iterator[str]:
    for name in (
        "countries",
        "currencies",
        "languages",
        "units",
        "holidays",
        "settings",
        "webhooks",
        "aliases",
        "statuses",
        "people",
        "series",
        "boxes",
        "categories",
        "news",
        "regions",
    ):
        yield _table(name, "code text not null unique, label text")


def _table(name: str, columns: str) -> str:
    return f"""create table public.{name} (
  id uuid primary key default gen_random_uuid(), {columns},
  state public.state not null default 'open', amount numeric(12, 2), extra jsonb not null default '{{}}',
  created_at timestamptz not null default now(), updated_at timestamptz
);
alter table public.{name} enable row level security;
create policy "{name}: read" on public.{name} for select to authenticated
  using (state <> 'closed' or created_at > now() - interval '1 year');
grant select, insert, update, delete on public.{name} to authenticated, service_role;"""
