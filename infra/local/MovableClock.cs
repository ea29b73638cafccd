using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.Local;

/// <summary>
/// The machine's time, and how far it has been moved forward: to see what a purge does in a year. Whatever waits on this clock
/// in this process and is due by then goes off at once: timers, payment pages that expire, webhooks that are tried again. The
/// app's process and the storage emulator, which hides messages until they are due, read the time from a file.
/// </summary>
public sealed class MovableClock : TimeProvider, IDisposable
{
    /// <summary>Tax records are kept for up to twelve years; nothing is to be seen beyond a century.</summary>
    private const int MostDays = 36_500;

    private readonly Lock _lock = new();
    private readonly HashSet<Alarm> _alarms = [];
    private MemoryMappedViewAccessor? _shared;
    private string? _file;
    private bool _isTemporary;
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    /// <summary>How far it has been moved.</summary>
    public TimeSpan Ahead => new(Interlocked.Read(ref _ahead));

    /// <summary>Time never goes back.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Alarm[] alarms;
        lock (_lock)
        {
            Interlocked.Add(ref _ahead, time.Ticks);
            _shared?.Write(0, _ahead);
            alarms = [.. _alarms];
        }

        foreach (var alarm in alarms) alarm.ComeNearer();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Writes into a file how far the time has been moved, now and whenever it is moved again.</summary>
    /// <param name="file">Kept from run to run, and the time goes on from what it says: data that is from next year stays in the past. Null for one that goes with this.</param>
    /// <returns>The file, for a process that is to have the same time.</returns>
    public string Share(string? file = null)
    {
        lock (_lock)
        {
            if (_file is not null) return _file;
            _isTemporary = file is null;
            _file = file ?? Path.GetTempFileName();
            using var shared = MemoryMappedFile.CreateFromFile(
                new FileStream(_file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite), null, sizeof(long), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
            _shared = shared.CreateViewAccessor(0, sizeof(long));
            _ahead = Math.Max(_ahead, _shared.ReadInt64(0));
            _shared.Write(0, _ahead);
            return _file;
        }
    }

    /// <summary>The machine's time again, for a shop that begins without data.</summary>
    public void StartAgain()
    {
        lock (_lock)
        {
            Interlocked.Exchange(ref _ahead, 0);
            _shared?.Write(0, _ahead);
        }
    }

    public void Dispose()
    {
        _shared?.Dispose();
        if (_isTemporary) File.Delete(_file!);
    }

    /// <summary><c>GET /admin/clock</c> tells the time, <c>POST /admin/clock</c> with <c>{ "days": 400 }</c> moves it. Never a part of the app.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/admin/clock", (RequestDelegate)(http => http.Response.WriteAsJsonAsync(new { now = GetUtcNow() }, http.RequestAborted)));
        endpoints.MapPost("/admin/clock", (RequestDelegate)MoveAsync);
    }

    private async Task MoveAsync(HttpContext http)
    {
        // A web page can post other types to this machine without being asked for its origin; JSON it cannot.
        if (!http.Request.HasJsonContentType())
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (await DaysAsync(http) is not { } days)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Say how far: {{ \"days\": 400 }}, at most {MostDays} in all."), http.RequestAborted);
            return;
        }

        Advance(days);
        await http.Response.WriteAsJsonAsync(new { now = GetUtcNow() }, http.RequestAborted);
    }

    private async Task<TimeSpan?> DaysAsync(HttpContext http)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("days", out var member) && member.ValueKind == JsonValueKind.Number
                && member.TryGetDouble(out var days) && days >= 0 && (Interlocked.Read(ref _ahead) / (double)TimeSpan.TicksPerDay) + days <= MostDays
                ? TimeSpan.FromDays(days)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A timer of the machine's that is set again when time is moved.</summary>
    private sealed class Alarm : ITimer
    {
        private readonly MovableClock _clock;
        private readonly ITimer _timer;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public Alarm(MovableClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _timer = System.CreateTimer(
                _ =>
                {
                    Rang();
                    callback(state);
                },
                null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._lock)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
                _period = period;
                if (_due is null) _clock._alarms.Remove(this);
                else _clock._alarms.Add(this);
                return _timer.Change(dueTime, period);
            }
        }

        public void ComeNearer()
        {
            lock (_clock._lock)
            {
                if (_due is not { } due || !_clock._alarms.Contains(this)) return;
                var left = due - _clock.GetUtcNow();
                _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, _period);
            }
        }

        public void Dispose()
        {
            Forget();
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Forget();
            return _timer.DisposeAsync();
        }

        private void Rang()
        {
            lock (_clock._lock)
            {
                if (_period > TimeSpan.Zero) _due = _clock.GetUtcNow() + _period;
                else _clock._alarms.Remove(this);
            }
        }

        private void Forget()
        {
            lock (_clock._lock) _clock._alarms.Remove(this);
        }
    }
}
