namespace Shop.Functions.Newsletter;

public enum JoinResult
{
    Joined,

    /// <summary>It was on the list already.</summary>
    AlreadyOn,

    /// <summary>It has been taken off since the link was made: the link has had its effect.</summary>
    LeftSince,

    /// <summary>The provider writes to this address no more, for instance because its owner has told the provider so.</summary>
    Refused,
}
