// Whom the app is, to storage, vault and telemetry. It exists before the app does, so its roles do as well: the first
// start finds every door open and every reference to the vault resolved. It also outlives the app, should that be made anew.

import { Tags } from 'types.bicep'

@description('Azure region.')
param location string

@description('Tags of the identity.')
param tags Tags

@description('Name of the identity.')
param name string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Object id of the identity.')
output principalId string = identity.properties.principalId
