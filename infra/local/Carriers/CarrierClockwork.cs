using Shop.Local.Sandboxes;

namespace Shop.Local.Carriers;

/// <summary>Nothing comes about by time alone.</summary>
internal sealed class CarrierClockwork(CarrierAccount account) : Clockwork(account)
{
    public override long? Next() => null;

    protected override void DoWhatIsDue()
    {
    }
}
