// The plan and the function app, with every setting that the app needs.

import { CarrierSecretNames, Settings, StorageEndpoints, Tags } from 'types.bicep'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Name of the plan.')
param planName string

@description('Name of the function app; its address begins with it.')
param name string

@description('The service of azure.yaml that azd deploys here.')
param serviceName string

@description('The identity that the app signs in with, by name.')
param identityName string

@description('Where blobs, queues and tables are, each with a slash at the end.')
param storageEndpoints StorageEndpoints

@description('The blob container that packages are deployed to.')
param packageContainerUri string

@description('Address of the vault, with a slash at the end.')
param vaultUri string

@description('Where telemetry is sent.')
param insightsConnectionString string

@description('Origins of the storefront.')
param storefrontOrigins string[]

@description('Sign-in authority.')
param entraInstance string

@description('Directory (tenant) id of the sign-in authority.')
param entraTenantId string

@description('Application (client) id of this API.')
param entraApiClientId string

@description('Names of the vault\'s secrets that hold Stripe signing secrets.')
param stripeWebhookSecretNames string[]

@description('When the nightly purge begins: NCRONTAB, UTC.')
param purgeSchedule string

@description('Client id of the PayPal REST app.')
param paypalClientId string

@description('Whether PayPal moves real money.')
param paypalLive bool

@description('Names of the vault\'s secrets that hold ids of the PayPal webhook.')
param paypalWebhookIdNames string[]

@description('Names of the vault\'s secrets that carriers sign their webhooks with, by carrier.')
param carrierSecretNames CarrierSecretNames

@description('The SMTP server that takes the shop\'s mail.')
param mailHost string

@description('The name that the shop signs in to the SMTP server with.')
param mailUserName string

@description('The address that mail comes from.')
param mailFrom string

@description('Names of the vault\'s secrets that hold keys of signed links.')
param linksKeyNames string[]

@description('Id of the newsletter\'s list at the mailing provider.')
param newsletterListId string

@description('The address that is told of breaches.')
param privacyOfficerEmail string

@description('The address that is told of breaches when the privacy officer\'s mailbox takes no mail; empty for none.')
param privacyOfficerDeputyEmail string

@description('The address of the desk that gets what people write.')
param contactEmail string

@description('The address that gets what is about support; empty for the same.')
param contactSupportEmail string

@description('Name of the company that answers for personal data.')
param controllerName string

@description('Its postal address.')
param controllerAddress string

@description('The address that people write to about their data.')
param controllerEmail string

@description('The VAT registration number of the company that sells.')
param vatNumber string

@description('Further settings that have defaults in the app.')
param optionalSettings Settings

@description('The subnet that the app joins; null for none.')
param appSubnetId string?

@description('Memory of an instance in megabytes.')
param instanceMemoryMB int

@description('The most instances there may be.')
param maximumInstanceCount int

@description('HTTP instances that are kept warm.')
param alwaysReadyInstances int

@description('Whether instances are spread over availability zones.')
param zoneRedundant bool

var carrierSecrets = flatten(map(
  items(carrierSecretNames),
  carrier => map(carrier.value, (name, i) => { setting: 'Carriers__${carrier.key}__WebhookSecrets__${i}', name: name })
))

// The later wins: an optional setting cannot replace one that this file provides.
var settings = union(
  optionalSettings,
  {
    AzureWebJobsStorage__blobServiceUri: storageEndpoints.blob
    AzureWebJobsStorage__queueServiceUri: storageEndpoints.queue
    AzureWebJobsStorage__tableServiceUri: storageEndpoints.table
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identity.properties.clientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
    // The exporter would tell how it fares itself, again and again, among the numbers of the shop.
    APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true'
    AzureAd__Instance: entraInstance
    AzureAd__TenantId: entraTenantId
    AzureAd__ClientId: entraApiClientId
    Mail__Host: mailHost
    Mail__UserName: mailUserName
    Mail__Password: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/mail-password)'
    Mail__From: mailFrom
    Mail__PrivacyOfficer: privacyOfficerEmail
    Mail__PrivacyOfficerDeputy: privacyOfficerDeputyEmail
    Newsletter__ApiKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/newsletter-token)'
    Newsletter__ListId: newsletterListId
    Contact__Desk: contactEmail
    Contact__Support: contactSupportEmail
    Controller__Name: controllerName
    Controller__Address: controllerAddress
    Controller__Email: controllerEmail
    // The company that answers for personal data is the one that sells.
    Invoices__SellerName: controllerName
    Invoices__SellerAddress: controllerAddress
    Invoices__VatNumber: vatNumber
    // The host reads schedules by these very names; it does not resolve one with __ in it.
    PurgeSchedule: purgeSchedule
    SweepSchedule: '0 * * * * *'
    ReconcileEventsSchedule: '0 10-59/15 * * * *'
    ReconcileCapturesSchedule: '0 40 * * * *'
    DeadLetterSchedule: '0 25 * * * *'
    BreachWatchSchedule: '0 */15 * * * *'
    PolicyReviewSchedule: '0 0 7 * * *'
    // Without a version: the platform takes up a new one within a day, or at once when asked (README, rotation).
    Stripe__ApiKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/stripe-api-key)'
    PayPal__ClientId: paypalClientId
    PayPal__ClientSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/paypal-client-secret)'
    PayPal__Live: '${paypalLive}'
  },
  toObject(
    range(0, length(stripeWebhookSecretNames)),
    i => 'Stripe__WebhookSecrets__${i}',
    i => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${stripeWebhookSecretNames[i]})'
  ),
  toObject(
    range(0, length(paypalWebhookIdNames)),
    i => 'PayPal__WebhookIds__${i}',
    i => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${paypalWebhookIdNames[i]})'
  ),
  toObject(
    carrierSecrets,
    secret => secret.setting,
    secret => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${secret.name})'
  ),
  toObject(
    range(0, length(linksKeyNames)),
    i => 'Links__Keys__${i}',
    i => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${linksKeyNames[i]})'
  ),
  toObject(range(0, length(storefrontOrigins)), i => 'Storefront__Origins__${i}', i => storefrontOrigins[i])
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': serviceName })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: appSubnetId
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
        // Half of them may be streams (OpenStreams.Most); README, instances.
        triggers: { http: { perInstanceConcurrency: 32 } }
      }
    }
    // No healthCheckPath: this plan has no such check. Where there is one, it is /api/health/live (README, operating).
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      ftpsState: 'Disabled'
      cors: {
        allowedOrigins: storefrontOrigins
        supportCredentials: false
      }
      appSettings: map(items(settings), setting => { name: setting.key, value: setting.value })
    }
  }

  // Deployments sign in with Entra; there is no publishing password to lose.
  resource ftpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  // The service refuses both at once.
  resource scmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
    dependsOn: [ftpPassword]
  }
}

@description('Where the app answers.')
output endpoint string = 'https://${app.properties.defaultHostName}'
