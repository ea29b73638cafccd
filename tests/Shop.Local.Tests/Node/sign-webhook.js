'use strict';
// Signs an event of its own making with Stripe's own library, and posts it with one byte changed and then as it was signed.
// Arguments: the webhook's address, the signing secret, the order that is paid, the amount in minor units, its currency and
// the API version.
// Prints the statuses of both answers as JSON.
const Stripe = require('stripe');

const [address, secret, order, amount, currency, apiVersion] = process.argv.slice(2);
const created = Math.floor(Date.now() / 1000);
const payload = JSON.stringify({
  id: 'evt_signed_by_stripes_own_library',
  object: 'event',
  api_version: apiVersion,
  created,
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type: 'payment_intent.succeeded',
  data: {
    object: {
      id: 'pi_signed_by_stripes_own_library',
      object: 'payment_intent',
      amount: Number(amount),
      amount_received: Number(amount),
      created,
      currency,
      livemode: false,
      metadata: { order_id: order, attempt: '1' },
      status: 'succeeded',
    },
  },
});
const signature = new Stripe('sk_test_unused').webhooks.generateTestHeaderString({ payload, secret });

async function post(body) {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature };
  return (await fetch(address, { method: 'POST', headers, body })).status;
}

async function main() {
  const changed = await post(payload.replace('"attempt":"1"', '"attempt":"2"'));
  const unchanged = await post(payload);
  console.log(JSON.stringify({ changed, unchanged }));
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
