using System.Runtime.CompilerServices;

namespace Stripe.Forms;

/// <summary>Remembers which properties were assigned, so that null can mean "clear this" and not only "say nothing".</summary>
internal sealed class SetTracker
{
    private HashSet<string> assigned;

    public void Track([CallerMemberName] string propertyName = null) => (assigned ??= []).Add(propertyName);

    public bool IsSet(string propertyName) => assigned?.Contains(propertyName) == true;
}

internal interface IHasSetTracking
{
    bool IsPropertySet(string propertyName);
}
