namespace Shop.Functions.Orders;

/// <summary>What helps when a payment provider refuses something.</summary>
public enum Remedy
{
    /// <summary>It is not as it was thought to be, or somebody else is at it: ask how it stands, and go on from there.</summary>
    TryAgain,

    /// <summary>The customer goes back to the page that is open and chooses another card or another way to pay.</summary>
    OtherCard,

    /// <summary>No money will come of this page; another one may bring it.</summary>
    OtherPage,

    /// <summary>This provider will not take this order's money, however often it is asked: another provider may.</summary>
    Never,

    /// <summary>Only a person at the shop can help. Whatever is not known here is that as well.</summary>
    Person,
}
