// The private network: the app's way to storage and vault that does not cross the internet.

import { Tags } from 'types.bicep'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('What makes names unique.')
param token string

@description('The storage account.')
param storageAccountName string

@description('The vault.')
param vaultName string

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: storageAccountName
}

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: vaultName
}

// Private names are those of the public address with privatelink in front; the vault's has a host name of its own.
var doors = [
  { name: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { name: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { name: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
  { name: 'vault', zone: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}' }
]

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/23'] }
  }

  // A Flex instance takes an address for itself, so the subnet has room for more of them than the app may grow to.
  resource apps 'subnets' = {
    name: 'app'
    properties: {
      addressPrefix: '10.0.0.0/24'
      delegations: [{ name: 'functions', properties: { serviceName: 'Microsoft.App/environments' } }]
    }
  }

  // The service refuses two changes of one network at once.
  resource endpoints 'subnets' = {
    name: 'endpoints'
    properties: {
      addressPrefix: '10.0.1.0/27'
      privateEndpointNetworkPolicies: 'Disabled'
    }
    dependsOn: [apps]
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for door in doors: {
    name: door.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (door, i) in doors: {
    parent: zones[i]
    name: 'to-network'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = [
  for door in doors: {
    name: 'pep-${door.name}-${token}'
    location: location
    tags: tags
    properties: {
      subnet: { id: network::endpoints.id }
      privateLinkServiceConnections: [
        {
          name: door.name
          properties: {
            privateLinkServiceId: door.name == 'vault' ? vault.id : storage.id
            groupIds: [door.name]
          }
        }
      ]
    }
  }
]

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [
  for (door, i) in doors: {
    parent: endpoint[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: door.name, properties: { privateDnsZoneId: zones[i].id } }]
    }
  }
]

@description('The subnet that the app joins.')
output appSubnetId string = network::apps.id
