#!/usr/bin/env bash
# Registers the shop's API in a Microsoft Entra External ID tenant: its scope, its app roles, v2 access tokens with the
# e-mail claim; and, when asked, the storefront as a single-page app that may call it. Run it again at any time: what is
# missing is created, what is there is brought to what api.json says. It prints the settings that the app needs.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: register.sh [--name NAME] [--storefront-redirect URL]... [--storefront-name NAME]

  --name NAME                 display name of the API's registration (default: Shop API)
  --storefront-redirect URL   register the storefront too; where it receives sign-in answers; may be repeated
  --storefront-name NAME      display name of the storefront's registration (default: Shop storefront)

Before: az login --tenant <external tenant id> --allow-no-subscriptions, as an Application Administrator there
(granting the storefront's consent takes a Cloud Application or Privileged Role Administrator).
TEXT
}

readonly graph=https://graph.microsoft.com/v1.0
readonly graph_app_id=00000003-0000-0000-c000-000000000000
readonly scope=Shop.Access
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here

fail() {
  echo "register.sh: $*" >&2
  exit 1
}

# A fresh object is not known everywhere in the directory at once.
eventually() {
  local attempt
  for attempt in 1 2 3 4 5; do
    if "$@"; then return 0; fi
    sleep "${REGISTER_RETRY_SECONDS:-5}"
  done
  fail "gave up after $attempt attempts: $*"
}

patch() {
  az rest --method patch --url "$graph/$1" --headers 'Content-Type=application/json' --body "$2" --output none
}

# Prints "<object id> <application id>" of the one registration with that name, creating it when there is none.
ensure_application() {
  local name=$1 rows
  rows=$(az ad app list --filter "displayName eq '$name'" --query '[].[id,appId]' --output tsv)
  if [[ -z $rows ]]; then
    echo "Creating the registration '$name'" >&2
    rows=$(az rest --method post --url "$graph/applications" --headers 'Content-Type=application/json' \
      --body "{\"displayName\":\"$name\",\"signInAudience\":\"AzureADMyOrg\"}" --query '[[id,appId]]' --output tsv)
  else
    echo "Bringing the registration '$name' up to date" >&2
  fi
  [[ $(wc -l <<<"$rows") -eq 1 ]] || fail "there are several registrations called '$name': remove or rename all but one"
  tr '\t' ' ' <<<"$rows"
}

# Prints the object id of the application's service principal, creating it when there is none.
ensure_service_principal() {
  local id
  id=$(az ad sp list --filter "appId eq '$1'" --query '[].id' --output tsv)
  [[ -n $id ]] || id=$(az ad sp create --id "$1" --query id --output tsv)
  [[ -n $id ]] || return 1
  echo "$id"
}

# Customers cannot consent in an external tenant: the tenant consents for them, once.
ensure_consent() {
  local client=$1 resource=$2 scopes=$3 grant
  grant=$(az rest --method get --url "$graph/servicePrincipals/$client/oauth2PermissionGrants" \
    --query "value[?resourceId=='$resource' && consentType=='AllPrincipals'].id" --output tsv)
  if [[ -z $grant ]]; then
    az rest --method post --url "$graph/oauth2PermissionGrants" --headers 'Content-Type=application/json' --output none \
      --body "{\"clientId\":\"$client\",\"consentType\":\"AllPrincipals\",\"resourceId\":\"$resource\",\"scope\":\"$scopes\"}"
  else
    patch "oauth2PermissionGrants/$grant" "{\"scope\":\"$scopes\"}"
  fi
}

register_api() {
  read -r api_object api_app < <(ensure_application "$1")
  eventually patch "applications/$api_object" "@$here/api.json"
  eventually patch "applications/$api_object" "{\"identifierUris\":[\"api://$api_app\"]}"
  api_principal=$(eventually ensure_service_principal "$api_app")
}

register_storefront() {
  local name=$1 object principal scope_id redirects
  shift
  redirects=$(printf '"%s",' "$@")
  scope_id=$(az rest --method get --url "$graph/applications/$api_object" \
    --query "api.oauth2PermissionScopes[?value=='$scope'].id" --output tsv)
  [[ -n $scope_id ]] || fail "the API's registration has no scope $scope"

  read -r object storefront_app < <(ensure_application "$name")
  eventually patch "applications/$object" "{\"spa\":{\"redirectUris\":[${redirects%,}]},\"requiredResourceAccess\":[{\"resourceAppId\":\"$api_app\",\"resourceAccess\":[{\"id\":\"$scope_id\",\"type\":\"Scope\"}]}]}"
  principal=$(eventually ensure_service_principal "$storefront_app")
  ensure_consent "$principal" "$api_principal" "$scope"
  ensure_consent "$principal" "$(ensure_service_principal "$graph_app_id")" 'openid profile email offline_access'
}

main() {
  local name='Shop API' storefront_name='Shop storefront' tenant kind domain storefront_redirects=()
  while (($# > 0)); do
    case $1 in
      --name) name=${2:?--name needs a value}; shift 2 ;;
      --storefront-name) storefront_name=${2:?--storefront-name needs a value}; shift 2 ;;
      --storefront-redirect) storefront_redirects+=("${2:?--storefront-redirect needs a value}"); shift 2 ;;
      --help | -h) usage; exit 0 ;;
      *) usage >&2; fail "unknown option $1" ;;
    esac
  done
  local text
  for text in "$name" "$storefront_name" ${storefront_redirects[@]+"${storefront_redirects[@]}"}; do
    [[ $text != *[\'\"\\]* ]] || fail "quotes and backslashes cannot be part of a name or an address: $text"
  done

  tenant=$(az account show --query tenantId --output tsv) || fail 'sign in first: az login --tenant <tenant id> --allow-no-subscriptions'
  kind=$(az rest --method get --url "$graph/organization" --query 'value[0].tenantType' --output tsv)
  [[ $kind == CIAM ]] || fail "tenant $tenant is not an External ID (external) tenant; sign in to the one that customers use"
  domain=$(az rest --method get --url "$graph/organization" --query 'value[0].verifiedDomains[?isInitial].name | [0]' --output tsv)

  register_api "$name"
  if ((${#storefront_redirects[@]} > 0)); then
    register_storefront "$storefront_name" "${storefront_redirects[@]}"
  fi

  cat <<TEXT
# For azd:
azd env set ENTRA_INSTANCE https://${domain%%.*}.ciamlogin.com/
azd env set ENTRA_TENANT_ID $tenant
azd env set ENTRA_API_CLIENT_ID $api_app

# The app's settings, which the Bicep makes of them:
AzureAd__Instance=https://${domain%%.*}.ciamlogin.com/
AzureAd__TenantId=$tenant
AzureAd__ClientId=$api_app

# For the storefront: scope api://$api_app/$scope${storefront_app:+, client id $storefront_app}
TEXT
}

main "$@"
