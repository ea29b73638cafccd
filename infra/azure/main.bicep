// Everything that Shop.Functions runs on in Azure, from an empty subscription. README.md beside this file walks through it.
targetScope = 'subscription'

import { CarrierSecretNames, Settings, Tags } from 'modules/types.bicep'

@description('Name of the environment, for instance prod or test. It becomes part of every name and of the azd tag.')
@minLength(1)
@maxLength(24)
param environmentName string

@description('Azure region for everything that has one, chosen when deploying.')
@minLength(1)
@metadata({ azd: { type: 'location' } })
param location string

@description('Origins of the storefront (scheme and host, no path): who may call from a browser, and where customers may be sent back to after paying.')
@minLength(1)
param storefrontOrigins string[]

@description('Sign-in authority of the Entra External ID tenant, for instance https://contoso.ciamlogin.com/. Printed by entra/register.sh.')
@minLength(1)
param entraInstance string

@description('Directory (tenant) id of the Entra External ID tenant. Printed by entra/register.sh.')
@minLength(36)
@maxLength(36)
param entraTenantId string

@description('Application (client) id of the API in that tenant. Printed by entra/register.sh.')
@minLength(36)
@maxLength(36)
param entraApiClientId string

@description('Secret key of the Stripe account. Empty leaves what Key Vault holds untouched.')
@secure()
param stripeApiKey string

@description('Signing secret of the Stripe webhook endpoint. Empty leaves what Key Vault holds untouched.')
@secure()
param stripeWebhookSecret string

@description('Names of the Key Vault secrets that hold Stripe signing secrets, the current one first. Two while an endpoint is being replaced.')
@minLength(1)
param stripeWebhookSecretNames string[]

@description('When data past its retention period is purged: NCRONTAB with seconds, UTC. The alert expects it once in 26 hours.')
@minLength(11)
param purgeSchedule string

@description('Client id of the REST app in PayPal\'s developer dashboard.')
@minLength(1)
param paypalClientId string

@description('Secret of that REST app. Empty leaves what Key Vault holds untouched.')
@secure()
param paypalClientSecret string

@description('Whether that REST app is a live one, which moves real money, rather than one of PayPal\'s sandbox.')
param paypalLive bool

@description('Names of the Key Vault secrets that hold ids of the PayPal webhook, the current one first. Two while a webhook is being replaced. register-webhooks.sh writes them.')
@minLength(1)
param paypalWebhookIdNames string[]

@description('Names of the Key Vault secrets that carriers sign their webhooks with, by the carrier\'s code. An operator writes them.')
param carrierSecretNames CarrierSecretNames

@description('The SMTP server that takes the shop\'s mail, by name. It must offer STARTTLS, on port 587 unless Mail__Port says otherwise; on 465 TLS from the first byte.')
@minLength(1)
param mailHost string

@description('The name that the shop signs in to the SMTP server with.')
@minLength(1)
param mailUserName string

@description('Password of the shop at the SMTP server. Empty leaves what Key Vault holds untouched.')
@secure()
param mailPassword string

@description('What links in mails are signed with: 32 random bytes in Base64. Empty leaves what Key Vault holds untouched.')
@secure()
param linksKey string

@description('Names of the Key Vault secrets that hold such keys, the one that signs first. Two while one is being replaced.')
@minLength(1)
@maxLength(2)
param linksKeyNames string[]

@description('Access token of the mailing provider that keeps the newsletter\'s list. Empty leaves what Key Vault holds untouched.')
@secure()
param newsletterToken string

@description('Id of the newsletter\'s list at the mailing provider.')
@minLength(1)
param newsletterListId string

@description('The address that the shop\'s mail comes from.')
@minLength(3)
param mailFrom string

@description('The address that is told of data breaches.')
@minLength(3)
param privacyOfficerEmail string

@description('The address that is told of data breaches when the privacy officer\'s mailbox takes no mail; empty for none.')
param privacyOfficerDeputyEmail string

@description('The address of the desk that gets what people write by the contact form.')
@minLength(3)
param contactEmail string

@description('The address that gets it instead when it is about support; empty for the same.')
param contactSupportEmail string

@description('Name of the company that answers for personal data, as the published policy names it.')
@minLength(1)
param controllerName string

@description('Its postal address in one line.')
@minLength(1)
param controllerAddress string

@description('The address that people write to about their data.')
@minLength(3)
param controllerEmail string

@description('The VAT registration number of that company, as its invoices state it.')
@minLength(9)
param vatNumber string

@description('Settings of the app that have defaults and are to differ, for instance Orders__UnpaidLifetime. Never a secret.')
param optionalSettings Settings

@description('E-mail addresses that alerts and budget warnings go to.')
@minLength(1)
param alertEmails string[]

@description('How many webhook deliveries may be refused or fail within 30 minutes before somebody is told.')
@minValue(0)
param webhookFailureThreshold int

@description('How many requests may end in a server error within 30 minutes before somebody is told.')
@minValue(0)
param serverErrorThreshold int

@description('Days that logs, traces and metrics are kept. The retention policy keeps operational data for 30 days; a longer period here would break it.')
@minValue(30)
@maxValue(90)
param logRetentionDays int

@description('Gigabytes of logs per day after which ingestion stops until the next day: a loop of errors must not become a bill.')
@minValue(1)
param logDailyCapGb int

@description('Monthly budget in the currency of the billing account. Reaching it warns; nothing is switched off.')
@minValue(1)
param monthlyBudget int

@description('First day of the month in which the budget began, yyyy-MM-dd. It must stay the same afterwards: Azure refuses to move it.')
@minLength(10)
@maxLength(10)
param budgetStart string

@description('Redundancy of the storage account. Zone-redundant by default; the geo-redundant kinds also survive the loss of a region.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param storageSku string

@description('Whether a lock keeps the storage account from being deleted by mistake. Remove the lock before azd down.')
param protectStorage bool

@description('Whether the app reaches storage and vault through a private network, and nobody else does.')
param privateNetwork bool

@description('Public addresses or ranges (CIDR) of operators that may reach storage and vault nevertheless.')
param operatorIpRanges string[]

@description('Memory of an instance in megabytes: 512, 2048 or 4096.')
@minValue(512)
@maxValue(4096)
param instanceMemoryMB int

@description('The most instances that the app may grow to.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('HTTP instances that are kept warm. 0 costs nothing at rest and lets the first request after a pause wait for a cold start.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int

@description('Whether instances are spread over availability zones, where the region has them.')
param zoneRedundant bool

@description('Object id of the person or group that may write the vault\'s secrets. Empty: nobody but those who deploy.')
param operatorPrincipalId string

@description('What kind of principal that is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags Tags = { 'azd-env-name': environmentName }

// Modules are given these and not each other's outputs: what is known beforehand can be previewed.
var names = {
  workspace: 'log-${token}'
  insights: 'appi-${token}'
  storage: 'st${token}'
  vault: 'kv-${token}'
  identity: 'id-${token}'
  plan: 'asp-${token}'
  app: 'func-${token}'
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-shop-${environmentName}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceName: names.workspace
    insightsName: names.insights
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: names.storage
    sku: storageSku
    privateNetwork: privateNetwork
    operatorIpRanges: operatorIpRanges
    deleteLock: protectStorage
  }
}

module keyVault 'modules/keyvault.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: names.vault
    privateNetwork: privateNetwork
    operatorIpRanges: operatorIpRanges
    stripeApiKey: stripeApiKey
    stripeWebhookSecret: stripeWebhookSecret
    paypalClientSecret: paypalClientSecret
    mailPassword: mailPassword
    linksKey: linksKey
    newsletterToken: newsletterToken
  }
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: names.identity
  }
}

// Before the app, so that its first start may read what it needs.
module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    identityName: names.identity
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    storageAccountName: names.storage
    vaultName: names.vault
    insightsName: names.insights
  }
  dependsOn: [storage, keyVault, monitoring]
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    storageAccountName: names.storage
    vaultName: names.vault
  }
  dependsOn: [storage, keyVault]
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    planName: names.plan
    name: names.app
    serviceName: 'api'
    identityName: names.identity
    storageEndpoints: storage.outputs.endpoints
    packageContainerUri: storage.outputs.packageContainerUri
    vaultUri: keyVault.outputs.uri
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    storefrontOrigins: storefrontOrigins
    entraInstance: entraInstance
    entraTenantId: entraTenantId
    entraApiClientId: entraApiClientId
    stripeWebhookSecretNames: stripeWebhookSecretNames
    purgeSchedule: purgeSchedule
    paypalClientId: paypalClientId
    paypalLive: paypalLive
    paypalWebhookIdNames: paypalWebhookIdNames
    carrierSecretNames: carrierSecretNames
    mailHost: mailHost
    mailUserName: mailUserName
    mailFrom: mailFrom
    linksKeyNames: linksKeyNames
    newsletterListId: newsletterListId
    privacyOfficerEmail: privacyOfficerEmail
    privacyOfficerDeputyEmail: privacyOfficerDeputyEmail
    contactEmail: contactEmail
    contactSupportEmail: contactSupportEmail
    controllerName: controllerName
    controllerAddress: controllerAddress
    controllerEmail: controllerEmail
    vatNumber: vatNumber
    optionalSettings: optionalSettings
    appSubnetId: network.?outputs.appSubnetId
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    zoneRedundant: zoneRedundant
  }
  dependsOn: [roles]
}

module diagnostics 'modules/diagnostics.bicep' = {
  scope: group
  params: {
    workspaceId: monitoring.outputs.workspaceId
    storageAccountName: names.storage
    vaultName: names.vault
  }
  dependsOn: [storage, keyVault]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    workspaceId: monitoring.outputs.workspaceId
    emails: alertEmails
    webhookFailureThreshold: webhookFailureThreshold
    serverErrorThreshold: serverErrorThreshold
    // A function with a timer belongs here with the hours it may be silent, for instance 26 for a nightly one.
    timers: {
      KeepDeadLetters: 4
      SweepOrders: 2
      ReconcileEvents: 2
      ReconcileCaptures: 4
      PurgeExpiredData: 26
      WatchBreaches: 2
      WatchPolicyReview: 26
    }
  }
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: {
    name: 'budget-${token}'
    amount: monthlyBudget
    start: budgetStart
    emails: alertEmails
  }
}

@description('The resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app.')
output AZURE_FUNCTION_NAME string = names.app

@description('Where the API answers; smoke tests and webhook registrations start from here.')
output SERVICE_API_ENDPOINT string = app.outputs.endpoint

@description('The endpoint to register at Stripe.')
output STRIPE_WEBHOOK_URL string = '${app.outputs.endpoint}/api/webhooks/stripe'

@description('The address to register at PayPal.')
output PAYPAL_WEBHOOK_URL string = '${app.outputs.endpoint}/api/webhooks/paypal'

@description('The vault that holds the providers\' secrets.')
output AZURE_KEY_VAULT_NAME string = names.vault

@description('The storage account with orders, accounts and queues.')
output AZURE_STORAGE_ACCOUNT string = names.storage
