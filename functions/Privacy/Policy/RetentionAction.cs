namespace Shop.Functions.Privacy.Policy;

public enum RetentionAction
{
    /// <summary>It is gone.</summary>
    Delete,

    /// <summary>What is left says nothing about a person.</summary>
    Anonymise,

    /// <summary>It is kept only because law demands it, and nobody's account leads to it any more.</summary>
    Restrict,

    /// <summary>It stays.</summary>
    Keep,
}
