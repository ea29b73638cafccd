// The secrets of payment providers and mail server. The app's settings only point here.

@description('Azure region.')
param location string

@description('Tags of the vault.')
param tags object

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param name string

@description('The only subnet that may reach the vault; empty leaves the network open to whoever has a role.')
param appSubnetId string

@description('Public addresses or ranges of operators that may reach the vault when a subnet is given.')
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

var closed = !empty(appSubnetId)

var given = [
  { name: 'stripe-api-key', value: stripeApiKey }
  { name: 'stripe-webhook-secret', value: stripeWebhookSecret }
  { name: 'paypal-client-secret', value: paypalClientSecret }
  { name: 'mail-password', value: mailPassword }
]

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
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
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: closed ? 'None' : 'AzureServices'
      defaultAction: closed ? 'Deny' : 'Allow'
      virtualNetworkRules: closed ? [{ id: appSubnetId }] : []
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

@description('Name of the vault.')
output name string = vault.name

@description('Address of the vault, with a slash at the end.')
output uri string = vault.properties.vaultUri
