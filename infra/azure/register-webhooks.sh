#!/usr/bin/env bash
# Registers the shop's webhooks at Stripe and PayPal by their APIs, puts what they give (a signing secret, an id) into the
# vault and has the app read the vault again. Run it after the first provision and whenever the lists of events below
# change: what is missing is made, what is there is brought up to date, nothing is made twice.
#
#   set -a; eval "$(azd env get-values)"; set +a; infra/azure/register-webhooks.sh
#
# STRIPE_API_KEY, PAYPAL_CLIENT_SECRET and MAIL_PASSWORD may be exported for the first run; they are put into the vault if it
# has none, and later runs take them from there. Needs az (Key Vault Secrets Officer), curl and jq.
set -euo pipefail

# The version that the app's Stripe library reads; an endpoint keeps the one it was made with.
readonly stripe_version=2026-10-28.endive
readonly stripe_events=(
  checkout.session.completed checkout.session.expired checkout.session.async_payment_succeeded checkout.session.async_payment_failed
  payment_intent.succeeded refund.created refund.updated refund.failed charge.refund.updated
  charge.dispute.created charge.dispute.updated charge.dispute.closed
)
readonly paypal_events=(
  CHECKOUT.ORDER.APPROVED CHECKOUT.ORDER.COMPLETED CHECKOUT.PAYMENT-APPROVAL.REVERSED
  PAYMENT.CAPTURE.COMPLETED PAYMENT.CAPTURE.PENDING PAYMENT.CAPTURE.DENIED PAYMENT.CAPTURE.DECLINED PAYMENT.CAPTURE.REFUNDED
  PAYMENT.CAPTURE.REVERSED PAYMENT.REFUND.PENDING PAYMENT.REFUND.FAILED
  CUSTOMER.DISPUTE.CREATED CUSTOMER.DISPUTE.UPDATED CUSTOMER.DISPUTE.RESOLVED
)

fail() {
  echo "register-webhooks.sh: $*" >&2
  exit 1
}

# Prints the secret's value; nothing when there is none of that name.
from_vault() {
  local found
  found=$(az keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query "[?name=='$1'].name" --output tsv)
  [[ -z $found ]] || az keyvault secret show --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --query value --output tsv
}

# By standard input: an argument can be read by every process of the machine.
into_vault() {
  printf '%s' "$2" | az keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --file /dev/stdin --encoding utf-8 --output none
}

# Prints what is exported for this run, else what lies in the vault. A secret that the vault has not got yet goes there;
# one that it has stays, for it may be a key that may do less than the one this run needs.
exported_or_stored() {
  local stored exported=${!2:-}
  stored=$(from_vault "$1")
  [[ -n $stored || -z $exported ]] || into_vault "$1" "$exported"
  printf '%s' "${exported:-$stored}"
}

call() {
  local credential=$1
  shift
  curl --fail-with-body --silent --show-error --max-time 60 --config - "$@" <<<"$credential"
}

register_stripe() {
  local key=$1 endpoints endpoint event options=()
  local credential="header = \"Authorization: Bearer $key\""
  for event in "${stripe_events[@]}"; do options+=(--data-urlencode "enabled_events[]=$event"); done
  endpoints=$(call "$credential" "https://api.stripe.com/v1/webhook_endpoints?limit=100")
  endpoint=$(jq --compact-output --arg url "$STRIPE_WEBHOOK_URL" 'first(.data[] | select(.url == $url)) // empty' <<<"$endpoints")
  if [[ -z $endpoint ]]; then
    endpoint=$(call "$credential" "https://api.stripe.com/v1/webhook_endpoints" --data-urlencode "url=$STRIPE_WEBHOOK_URL" \
      --data-urlencode "api_version=$stripe_version" "${options[@]}")
    into_vault stripe-webhook-secret "$(jq --raw-output .secret <<<"$endpoint")"
    echo 'Stripe: the endpoint is made and its signing secret is in the vault.'
    return
  fi

  [[ $(jq --raw-output .api_version <<<"$endpoint") == "$stripe_version" ]] \
    || fail "Stripe's endpoint was made for another API version than $stripe_version; replace it as README says under a new endpoint"
  # Stripe shows it once, when the endpoint is made.
  [[ -n $(from_vault stripe-webhook-secret) ]] \
    || fail "Stripe's endpoint exists and its signing secret is not in the vault: put it there from the dashboard, or delete the endpoint"
  call "$credential" "https://api.stripe.com/v1/webhook_endpoints/$(jq --raw-output .id <<<"$endpoint")" "${options[@]}" >/dev/null
  echo 'Stripe: the endpoint is up to date.'
}

register_paypal() {
  local secret=$1 api=https://api-m.sandbox.paypal.com token credential types webhooks id
  [[ ${PAYPAL_LIVE:-false} != true ]] || api=https://api-m.paypal.com
  token=$(call "user = \"$PAYPAL_CLIENT_ID:$secret\"" "$api/v1/oauth2/token" --data grant_type=client_credentials | jq --raw-output .access_token)
  credential="header = \"Authorization: Bearer $token\""
  types=$(printf '%s\n' "${paypal_events[@]}" | jq --raw-input '{ name: . }' | jq --slurp --compact-output .)
  webhooks=$(call "$credential" "$api/v1/notifications/webhooks")
  id=$(jq --raw-output --arg url "$PAYPAL_WEBHOOK_URL" 'first(.webhooks[] | select(.url == $url) | .id) // empty' <<<"$webhooks")
  if [[ -z $id ]]; then
    id=$(call "$credential" "$api/v1/notifications/webhooks" --header 'Content-Type: application/json' \
      --data "$(jq --null-input --compact-output --arg url "$PAYPAL_WEBHOOK_URL" --argjson types "$types" '{ url: $url, event_types: $types }')" | jq --raw-output .id)
    echo 'PayPal: the webhook is made.'
  else
    call "$credential" "$api/v1/notifications/webhooks/$id" --request PATCH --header 'Content-Type: application/json' \
      --data "$(jq --null-input --compact-output --argjson types "$types" '[{ op: "replace", path: "/event_types", value: $types }]')" >/dev/null
    echo 'PayPal: the webhook is up to date.'
  fi

  [[ $(from_vault paypal-webhook-id) == "$id" ]] || into_vault paypal-webhook-id "$id"
}

# The documented call; without it the app reads the vault again within a day.
refresh() {
  local app
  app=$(az functionapp show --resource-group "$AZURE_RESOURCE_GROUP" --name "$AZURE_FUNCTION_NAME" --query id --output tsv)
  # Without a host: az puts the one of its own cloud in front.
  az rest --method post --url "$app/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
  echo 'The app reads the vault again.'
}

main() {
  : "${AZURE_KEY_VAULT_NAME:?}" "${AZURE_RESOURCE_GROUP:?}" "${AZURE_FUNCTION_NAME:?}"
  : "${STRIPE_WEBHOOK_URL:?}" "${PAYPAL_WEBHOOK_URL:?}" "${PAYPAL_CLIENT_ID:?}"
  local stripe_key paypal_secret
  stripe_key=$(exported_or_stored stripe-api-key STRIPE_API_KEY)
  paypal_secret=$(exported_or_stored paypal-client-secret PAYPAL_CLIENT_SECRET)
  [[ -n $stripe_key ]] || fail 'export STRIPE_API_KEY for the first run'
  [[ -n $paypal_secret ]] || fail 'export PAYPAL_CLIENT_SECRET for the first run'
  exported_or_stored mail-password MAIL_PASSWORD >/dev/null
  exported_or_stored links-key LINKS_KEY >/dev/null
  exported_or_stored newsletter-token NEWSLETTER_TOKEN >/dev/null
  register_stripe "$stripe_key"
  register_paypal "$paypal_secret"
  refresh
}

main "$@"
