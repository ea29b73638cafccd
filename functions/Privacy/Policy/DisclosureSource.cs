namespace Shop.Functions.Privacy.Policy;

public enum DisclosureSource
{
    /// <summary>This app sends it.</summary>
    Shop,

    /// <summary>The company's website does, of what visitors give there; this app has no part in it.</summary>
    Website,
}
