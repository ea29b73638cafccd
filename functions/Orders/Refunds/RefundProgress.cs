namespace Shop.Functions.Orders.Refunds;

public enum RefundProgress
{
    /// <summary>The provider has yet to be asked, for the first time or again.</summary>
    Requested,

    /// <summary>The provider is at it.</summary>
    Pending,

    /// <summary>The money is back.</summary>
    Succeeded,

    /// <summary>It has failed as often as is sensible; a person has to look.</summary>
    Failed,

    /// <summary>The money has gone back another way, or a bank has it.</summary>
    NotNeeded,

    /// <summary>Staff have taken it back before anything was sent.</summary>
    Withdrawn,
}
