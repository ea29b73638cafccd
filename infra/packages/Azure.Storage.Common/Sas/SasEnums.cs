namespace Azure.Storage.Sas;

[Flags]
public enum AccountSasPermissions
{
    All = ~0,
    Read = 1,
    Write = 2,
    Delete = 4,
    List = 8,
    Add = 16,
    Create = 32,
    Update = 64,
    Process = 128,
    Tag = 256,
    Filter = 512,
    DeleteVersion = 1024,
    SetImmutabilityPolicy = 2048,
    PermanentDelete = 4096,
}

[Flags]
public enum AccountSasResourceTypes
{
    All = ~0,
    Service = 1,
    Container = 2,
    Object = 4,
}

[Flags]
public enum AccountSasServices
{
    All = ~0,
    Blobs = 1,
    Queues = 2,
    Files = 4,
    Tables = 8,
}

public enum SasProtocol
{
    None = 0,
    HttpsAndHttp = 1,
    Https = 2,
}
