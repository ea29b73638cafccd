// The secrets of payment providers, mail server and mailing provider, and what links are signed with. The app's settings only point here.

import { Tags } from 'types.bicep'

@description('Azure region.')
param location string

@description('Tags of the vault.')
param tags Tags

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param name string

@description('Whether the vault answers on the private network only; else it answers whoever has a role, from anywhere.')
param privateNetwork bool

@description('Public addresses or ranges of operators that may reach it nevertheless.')
param operatorIpRanges string[]

@description('Secret key of the Stripe account; empty leaves what the vault holds.')
@secure()
param stripeApiKey string

@description('Signing secret of the Stripe webhook endpoint; empty leaves what the vault holds.')
@secure()
param stripeWebhookSecret string

@description('Secret of the PayPal REST app; empty leaves what the vault holds.')
@secure()
param paypalClientSecret string

@description('Password of the shop at the SMTP server; empty leaves what the vault holds.')
@secure()
param mailPassword string

@description('What links in mails are signed with; empty leaves what the vault holds.')
@secure()
param linksKey string

@description('Access token of the mailing provider; empty leaves what the vault holds.')
@secure()
param newsletterToken string

var given = [
  { name: 'stripe-api-key', value: stripeApiKey }
  { name: 'stripe-webhook-secret', value: stripeWebhookSecret }
  { name: 'paypal-client-secret', value: paypalClientSecret }
  { name: 'mail-password', value: mailPassword }
  { name: 'links-key', value: linksKey }
  { name: 'newsletter-token', value: newsletterToken }
]

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: privateNetwork && empty(operatorIpRanges) ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: privateNetwork ? 'None' : 'AzureServices'
      defaultAction: privateNetwork ? 'Deny' : 'Allow'
      ipRules: [for range in operatorIpRanges: { value: range }]
    }
  }

  resource secret 'secrets' = [
    for item in given: if (!empty(item.value)) {
      name: item.name
      properties: {
        value: item.value
        contentType: 'text/plain'
      }
    }
  ]
}

@description('Address of the vault, with a slash at the end.')
output uri string = vault.properties.vaultUri
