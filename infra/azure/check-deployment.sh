#!/usr/bin/env bash
# After a deployment: that the app answers, that the host has taken every function of the package, and that a message goes
# through a queue. HTTP alone says little: it answers as well when the host could start no queue function at all.
# Needs az, curl and jq, and a sign-in that may list the host's keys and write and read messages (deployer.json).
set -euo pipefail

readonly patience=${CHECK_SECONDS:-300} pause=${CHECK_PAUSE_SECONDS:-5}

usage() {
  echo 'Usage: check-deployment.sh FUNCTIONS.METADATA
  AZURE_RESOURCE_GROUP, AZURE_FUNCTION_NAME, AZURE_STORAGE_ACCOUNT and SERVICE_API_ENDPOINT are read from the environment;
  FUNCTIONS.METADATA is the file of that name in the published app: what must be there.' >&2
  exit 2
}

fail() {
  echo "check-deployment.sh: $*" >&2
  exit 1
}

eventually() {
  local until=$((SECONDS + patience))
  until "$@"; do
    ((SECONDS < until)) || return 1
    sleep "$pause"
  done
}

answers() { curl --fail --silent --max-time 60 "$SERVICE_API_ENDPOINT/api/products" | jq --exit-status '.items | type == "array"' >/dev/null; }

# The key goes in by standard input: an argument can be read by every process of the machine.
host() { curl --fail --silent --max-time 60 --config - "$SERVICE_API_ENDPOINT/admin/$1" <<<"header = \"x-functions-key: $key\""; }

missing_functions() {
  local found
  found=$(host functions) || return 0
  jq --raw-output --argjson found "$found" '[.[].name] - [$found[] | select(.isDisabled != true) | .name] | .[]' "$1"
}

# One by one, because the list says what the host has read and not what it could start.
broken_functions() {
  local name
  while read -r name; do
    host "functions/$name/status" | jq --raw-output --arg name "$name" 'select((.errors // []) != []) | "\($name): \(.errors | join("; "))"'
  done < <(jq --raw-output '.[].name' "$1")
}

all_functions_run() {
  missing=$(missing_functions "$1") && broken=$(broken_functions "$1") && [[ -z $missing$broken ]] && host functions >/dev/null
}

# A look at an order that does not exist: it is logged and forgotten.
send() {
  local order
  order=$(printf '0%.0s' {1..26})
  az storage message put --queue-name order-checks --content "$(printf '{"orderId":"%s","why":"deployment-check"}' "$order" | base64 --wrap=0)" \
    --account-name "$AZURE_STORAGE_ACCOUNT" --auth-mode login --query id --output tsv
}

waiting() {
  az storage message peek --queue-name "$1" --num-messages 32 --account-name "$AZURE_STORAGE_ACCOUNT" --auth-mode login \
    --query "[?id=='$message'].id" --output tsv
}

taken() { local left; left=$(waiting order-checks) && [[ -z $left ]]; }

main() {
  [[ $# -eq 1 && -f $1 ]] || usage
  : "${AZURE_RESOURCE_GROUP:?}" "${AZURE_FUNCTION_NAME:?}" "${AZURE_STORAGE_ACCOUNT:?}" "${SERVICE_API_ENDPOINT:?}"
  eventually answers || fail 'the app does not answer'
  echo "The app answers."

  key=$(az functionapp keys list --resource-group "$AZURE_RESOURCE_GROUP" --name "$AZURE_FUNCTION_NAME" --query masterKey --output tsv)
  missing='' broken=''
  eventually all_functions_run "$1" || fail "the host does not run every function. Missing: ${missing//$'\n'/, }. Broken: ${broken//$'\n'/, }."
  echo "The host runs all $(jq length "$1") functions."

  message=$(send)
  # While a function works on it, it cannot be seen; should it fail, it is back by the second look.
  eventually taken || fail 'the message stays in order-checks: no function takes it'
  sleep "$pause"
  eventually taken || fail 'the message comes back to order-checks: its function fails'
  echo "A message went through the queue order-checks."
  # Not a failure of the deployment: the secrets may still have to be written.
  curl --silent --max-time 60 "$SERVICE_API_ENDPOINT/api/health/ready" \
    | jq --raw-output '.parts[] | select(.status == "not_configured") | "Not set up yet: \(.name). Run register-webhooks.sh."'
}

main "$@"
