using Net.Linux;

namespace Net.Shims.Logs;

/// <summary>Counts the output that could not be written to a log, and says when that begins and ends: in the shim's messages, and as
/// notices for the daemon's log.</summary>
/// <remarks>A disk that is nearly full takes one piece and not the next, so beginning and end are said once a minute at most.</remarks>
internal sealed class LogLoss(string directory, MessageLog messages, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long _bytes;
    private Errno _cause;
    private bool _isFailing;
    private bool _isTold;
    private DateTimeOffset _quietUntil;

    /// <summary>The newest notice; null before the first.</summary>
    internal string? Notice { get; private set; }

    /// <summary>The number of notices so far.</summary>
    internal int NoticeCount { get; private set; }

    /// <summary>Counts output that was lost.</summary>
    internal void Add(int bytes, Errno cause)
    {
        _bytes += bytes;
        _cause = cause;
        _isFailing = true;
        if (!_isTold && time.GetUtcNow() >= _quietUntil)
        {
            _isTold = true;
            Tell($"output is lost, since the log in {directory} cannot be written: {LinuxException.Describe(cause)}; "
                + "make room on that disk: the command goes on, and the log as soon as it can be written");
        }
    }

    /// <summary>Notes that output was written.</summary>
    internal void End()
    {
        if (_isFailing)
        {
            _isFailing = false;
            if (_isTold)
            {
                Tell($"the log in {directory} is written again; {_bytes} bytes of output were lost: {LinuxException.Describe(_cause)}");
                _isTold = false;
                _bytes = 0;
                _quietUntil = time.GetUtcNow() + Interval;
            }
        }
    }

    /// <summary>Says what was lost and not said yet, when the command has ended.</summary>
    internal void Close()
    {
        if (_bytes > 0)
        {
            Tell($"the command has ended; {_bytes} bytes of its output were lost, since the log in {directory} could not be written: "
                + LinuxException.Describe(_cause));
            _bytes = 0;
        }
    }

    private void Tell(string notice)
    {
        messages.Write(notice);
        Notice = notice;
        NoticeCount++;
    }
}
