using System.Text.Json;
using Microsoft.Data.Sqlite;
using Net.Cnm.Errors;

namespace Net.Controller.Stores;

/// <summary>Turns the errors of SQLite and of the store's files into sentences for an administrator.</summary>
/// <remarks>The numbers are SQLite's primary result codes: https://sqlite.org/rescode.html.</remarks>
internal sealed class StoreErrors(StoreFiles files, SqliteStoreOptions options)
{
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    // The error numbers of errno(3) that .NET passes on in HResult.
    private const int NoSpaceErrno = 28;
    private const int ReadOnlyErrno = 30;
    private const int QuotaErrno = 122;

    /// <summary>More than SQLite needs for the index of its log, 32 KiB.</summary>
    private const int ProbeBytes = 64 << 10;

    /// <summary>Whether an error that arose while the store was opened or read means that its content is damaged.</summary>
    /// <remarks>SQLITE_ERROR is a table, column or JSON text that is not as this program writes it. The model refuses objects that refer
    /// to objects that are not there.</remarks>
    public static bool IsDamage(Exception error) => error switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is Error or Corrupt or NotADatabase,
        _ => error is StoreDamageException or JsonException or KeyNotFoundException or ArgumentException or InvalidOperationException
            or FormatException,
    };

    /// <summary>Whether a store that cannot be opened may still be read: its disk is full or cannot be written.</summary>
    public static bool IsUnwritable(Exception error) => error switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is ReadOnly or InputOutput or Full or CannotOpen,
        _ => error is IOException or UnauthorizedAccessException,
    };

    /// <summary>The error that is shown for a failed reading or writing.</summary>
    public CnmException Translate(Exception error) =>
        new(CnmErrorKind.Unavailable, $"the store {files.Database} {Describe(error)}", error);

    /// <summary>The error that is shown for a damaged store that cannot be replaced.</summary>
    public CnmException DamagedForGood(Exception error) => new(
        CnmErrorKind.Unavailable,
        $"the store {files.Database} is damaged ({error.Message}) and cannot be set aside, since {files.Folder} is full or read-only; "
            + "make it writable, then start again",
        error);

    /// <summary>The error for a directory in the place of a file of the store.</summary>
    public static CnmException IsDirectory(string path) => new(
        CnmErrorKind.Unavailable,
        $"the store's file {path} is a directory; move it away, and put the file back where there was one, then start again");

    /// <summary>An error in words, as the middle of a sentence.</summary>
    public static string Words(Exception error) => error.Message.ReplaceLineEndings(" ").TrimEnd('.');

    private string Describe(Exception error)
    {
        int code = (error as SqliteException)?.SqliteErrorCode ?? 0;
        switch (code)
        {
            case Busy or Locked or Protocol:
                return $"is held by {options.DescribeHolder(files.Locked) ?? "another program"}; end that one, then try again";
            case Corrupt or NotADatabase:
                return $"is damaged ({error.Message}); start the daemon again, which sets it aside and says what it found";
        }

        // SQLite says "unable to open" and "disk I/O error" for several causes; the file system tells them apart.
        Exception? cause = code is Full or ReadOnly ? null : (error as IOException) ?? Probe();
        if (code == Full || cause?.HResult is NoSpaceErrno or QuotaErrno)
        {
            return $"cannot be written: the disk that holds {files.Folder} is full; free some space there, then try again";
        }

        if (code == InputOutput && cause is null)
        {
            return $"cannot be used: the disk that holds {files.Folder} fails ({Words(error)}); see what the kernel says of it (dmesg), "
                + "then try again";
        }

        return code == ReadOnly || cause?.HResult is ReadOnlyErrno
            ? $"cannot be written: the file system of {files.Folder} is read-only; make it writable, then try again"
            : $"cannot be used: {Words(cause ?? error)}; see that {files.Folder} is there and can be written, or use another "
                + "--data-root";
    }

    /// <summary>Writes a file beside the store and removes it again.</summary>
    /// <returns>The error; null when that went well.</returns>
    private Exception? Probe()
    {
        string probe = Path.Combine(files.Folder, $".probe-{Environment.ProcessId}");
        try
        {
            using var file = new FileStream(probe, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            file.Write(new byte[ProbeBytes]);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error;
        }
    }
}
