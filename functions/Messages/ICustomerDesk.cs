namespace Shop.Functions.Messages;

/// <summary>Where the answers of customers go, a parcel that did not come among them.</summary>
public interface ICustomerDesk
{
    /// <summary>An e-mail address.</summary>
    string Address { get; }
}
