namespace Shop.Functions.Platform.Links;

public enum LinkState
{
    Good,

    /// <summary>It was ours, and its time is over.</summary>
    Expired,

    /// <summary>It is no link of ours, was changed or cut off on the way, or is for something else.</summary>
    Invalid,
}
