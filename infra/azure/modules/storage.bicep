// Orders, accounts and queues, the host's locks, and the packages that are deployed.

import { StorageEndpoints, Tags } from 'types.bicep'

@description('Azure region.')
param location string

@description('Tags of the account.')
param tags Tags

@description('Name of the storage account.')
@minLength(3)
@maxLength(24)
param name string

@description('Redundancy.')
param sku string

@description('Whether the account answers on the private network only; else it answers whoever has a role, from anywhere.')
param privateNetwork bool

@description('Public addresses or ranges of operators that may reach it nevertheless.')
param operatorIpRanges string[]

@description('Whether a lock keeps the account from being deleted.')
param deleteLock bool

// The same names as Platform/Storage/StorageNames.cs; a test holds the two together.
var tables = [
  'accounts'
  'catalogue'
  'stock'
  'orders'
  'openOrders'
  'fulfilment'
  'invoices'
  'reviews'
  'reconciliation'
  'deadLetters'
  'retention'
  'purges'
  'holds'
  'breaches'
  'erasures'
  'staffActions'
  'policyReviews'
  'rateCounts'
]

var queues = [
  'payment-events'
  'payment-events-poison'
  'carrier-events'
  'carrier-events-poison'
  'order-checks'
  'order-checks-poison'
  'purge-runs'
  'purge-runs-poison'
  'erasure-runs'
  'erasure-runs-poison'
  'emails'
  'emails-poison'
]

var packageContainer = 'app-package'

resource account 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    // No account keys and no signatures made from them: every caller is somebody with a role.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    supportsHttpsTrafficOnly: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: privateNetwork && empty(operatorIpRanges) ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: privateNetwork ? 'None' : 'AzureServices'
      defaultAction: privateNetwork ? 'Deny' : 'Allow'
      ipRules: [for range in operatorIpRanges: { value: range, action: 'Allow' }]
    }
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource tableOfList 'tables' = [for tableName in tables: { name: tableName }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queueOfList 'queues' = [for queueName in queues: { name: queueName }]
  }

  // Blobs hold packages and the host's locks, never anything about a person, so a deleted one may linger for a week.
  // Tables and queues have no soft delete: what the purge removes from them is gone.
  resource blobService 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource packages 'containers' = {
      name: packageContainer
      properties: { publicAccess: 'None' }
    }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  name: 'lock-${name}'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Orders and accounts live here, and a deleted storage account takes them with it.'
  }
}

@description('Where its blobs, queues and tables are.')
output endpoints StorageEndpoints = {
  blob: account.properties.primaryEndpoints.blob
  queue: account.properties.primaryEndpoints.queue
  table: account.properties.primaryEndpoints.table
}

@description('Where packages are put when the app is deployed.')
output packageContainerUri string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
