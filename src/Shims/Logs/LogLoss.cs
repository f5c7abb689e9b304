using Net.Linux;

namespace Net.Shims.Logs;

/// <summary>Counts the output that could not be written to a log, and says when that begins, that it goes on, and when it ends: in the
/// shim's messages, and as notices for the daemon's log.</summary>
/// <remarks>A disk that is nearly full takes one piece and not the next. So a loss has ended when nothing was lost for a second in which
/// something was written, and a notice follows another after a minute at the earliest, except for the end of a loss that was said to have
/// begun. What is lost meanwhile is counted together.</remarks>
internal sealed class LogLoss(string directory, MessageLog messages, TimeProvider time)
{
    /// <summary>How long nothing may be lost before a loss has ended.</summary>
    internal static readonly TimeSpan EndInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long _bytes;
    private Errno _cause;
    private bool _isTold;
    private DateTimeOffset _quietUntil;
    private DateTimeOffset? _writtenSince;

    /// <summary>The newest notice; null before the first.</summary>
    internal string? Notice { get; private set; }

    /// <summary>The number of notices so far.</summary>
    internal int NoticeCount { get; private set; }

    /// <summary>When <see cref="Review"/> is to be called, unless output is lost before; null when nothing is to be said.</summary>
    internal DateTimeOffset? Deadline =>
        _writtenSince + EndInterval is not { } end ? null
        : _isTold || end > _quietUntil ? end
        : _quietUntil;

    private string Cause => LinuxException.Describe(_cause);

    /// <summary>Counts output that was lost.</summary>
    internal void Add(int bytes, Errno cause)
    {
        _bytes += bytes;
        _cause = cause;
        _writtenSince = null;
        if (time.GetUtcNow() >= _quietUntil)
        {
            Tell(_isTold
                ? $"output is still lost, {_bytes} bytes so far, since the log in {directory} cannot be written: {Cause}"
                : $"output is lost, since the log in {directory} cannot be written: {Cause}; make room on that disk: the command goes on, "
                    + "and the log as soon as it can be written");
            _isTold = true;
        }
    }

    /// <summary>Notes that output was written.</summary>
    internal void NoteWritten()
    {
        if (_bytes > 0)
        {
            _writtenSince ??= time.GetUtcNow();
        }
    }

    /// <summary>Says that the loss has ended, once it has.</summary>
    internal void Review()
    {
        if (Deadline <= time.GetUtcNow())
        {
            Tell($"the log in {directory} is written again; {_bytes} bytes of output were lost: {Cause}");
            Forget();
        }
    }

    /// <summary>Says what was lost and not said yet, when the command has ended.</summary>
    internal void Close()
    {
        if (_bytes > 0)
        {
            Tell($"the command has ended; {_bytes} bytes of its output were lost, since the log in {directory} could not be written: "
                + Cause);
            Forget();
        }
    }

    private void Forget()
    {
        _bytes = 0;
        _isTold = false;
        _writtenSince = null;
    }

    private void Tell(string notice)
    {
        messages.Write(notice);
        Notice = notice;
        NoticeCount++;
        _quietUntil = time.GetUtcNow() + Interval;
    }
}
