using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Messages;

/// <summary>Tells a person that their account is erased: the last that the shop says to them.</summary>
[Discloses("The mail server's operator", "to tell people that their account is erased", DataClass.Contact)]
public sealed partial class ErasureMail(SmtpMail smtp, IOptions<ControllerOptions> controller, IOptions<RetentionPeriods> periods, ILogger<ErasureMail> logger) : IErasedPerson
{
    public async Task<bool> IsToldAsync(string email, Erasure done, CancellationToken cancellation)
    {
        try
        {
            await smtp.SendAsync(Of(email, done, controller.Value, new ShopTime(periods.Value.Zone())), cancellation);
        }
        catch (MailRefusedException refused)
        {
            LogRefused(done.Reference, refused.Reply);
        }
        catch (UnavailableException unavailable)
        {
            LogDeferred(unavailable, done.Reference);
            return false;
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            // An address that no mail can go to, or a template: the erasure must not wait for it for ever. Its words may have the address in them.
            LogFailed(done.Reference, failed.GetType().Name);
            return false;
        }

        return true;
    }

    /// <summary>Pure.</summary>
    public static Email Of(string email, Erasure done, ControllerOptions shop, ShopTime time)
    {
        var model = new MailModel
        {
            Subject = "Your account is erased",
            Shop = shop.Name,
            Postal = shop.Address,
            Contact = shop.Email,
            Reason = "You get this mail because your account with us was erased. With it your address is gone, too: we cannot write to you again.",
            When = time.Day(done.ConfirmedAt),
            Kept = done.Kept switch { [] => null, [_] => "one order", { Length: var orders } => string.Create(CultureInfo.InvariantCulture, $"{orders} orders") },
            KeptUntil = done.Kept.IsEmpty ? null : done.Kept.Max(order => order.Until).ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
            Reference = done.Reference,
        };
        var (text, html) = MailTemplates.Write("erased", model);
        return new($"erasure-{done.Reference}", email, model.Subject, text) { Html = html, ReplyTo = (shop.Name, shop.Email) };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erasure {Reference}: the person's mailbox takes no mail ({Reply}), so nobody is told that it is done")]
    private partial void LogRefused(string reference, MailReply reply);

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasure {Reference}: the mail that says so failed unexpectedly ({Failure}), and is tried again later")]
    private partial void LogFailed(string reference, string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasure {Reference}: the mail that says so is put off, for the mail server does not take it")]
    private partial void LogDeferred(Exception exception, string reference);
}
