namespace Shop.Local.Sandboxes;

/// <summary>What the list endpoints need to know of an object.</summary>
internal interface IListed
{
    string Id { get; }

    long Created { get; }
}
