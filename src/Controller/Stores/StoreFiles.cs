using System.Globalization;

namespace Net.Controller.Stores;

/// <summary>The files of one store: the database, those that SQLite makes beside it, and two notes of our own. All are their owner's
/// alone, since the model holds the environment of every container.</summary>
/// <param name="path">The path of the database.</param>
internal sealed class StoreFiles(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Opened = "open";
    private const string Closed = "closed";

    /// <summary>The database.</summary>
    public string Database => path;

    /// <summary>The directory that holds all files.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>The files that programs lock which have the database open.</summary>
    public IReadOnlyList<string> Locked => [path, Log, SharedMemory];

    /// <summary>Whether there is a database that holds something.</summary>
    public bool HasContent => File.Exists(path) && new FileInfo(path).Length > 0;

    private string Log => path + "-wal";

    private string SharedMemory => path + "-shm";

    // Whether the store is open, or was closed in order: a log that is gone cannot be told from one that was never there otherwise.
    private string State => path + "-state";

    // The loss that no administrator has accepted yet.
    private string LossNote => path + "-lost";

    /// <summary>A directory that is where a file of the store belongs; null when there is none.</summary>
    public string? FindDirectory() => new[] { path, Log, SharedMemory, State, LossNote }.FirstOrDefault(Directory.Exists);

    /// <summary>Makes an empty database that is its owner's alone, if there is none. SQLite gives its other files the same mode.</summary>
    public void Create()
    {
        if (!File.Exists(path))
        {
            using FileStream made = New(path, FileMode.CreateNew);
        }
    }

    /// <summary>Takes all permissions of others from the store's files, those that were set aside included.</summary>
    /// <returns>Whether others could read or write the database: a version of this program made it that did not take care.</returns>
    public bool CloseToOthers()
    {
        bool wasOpen = IsOpenToOthers(path);
        foreach (string file in Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, Path.GetFileName(path) + "*") : [])
        {
            if (IsOpenToOthers(file))
            {
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) & OwnerOnly);
            }
        }

        return wasOpen;
    }

    /// <summary>Whether the note of the last opening is there, and none of a closing in order.</summary>
    public bool WereLeftOpen => ReadState() == Opened;

    /// <summary>What is missing of the files, as far as the note of the last opening tells, and what runs; null when nothing is.</summary>
    public StoreLoss? FindMissing(Func<bool> somethingRuns)
    {
        string? state = ReadState();
        if (state is null)
        {
            return File.Exists(path) || !somethingRuns() ? null : new StoreLoss(
                StoreLossKind.Missing, $"there is no store {path} although containers run; an empty one takes its place");
        }

        if (!File.Exists(path))
        {
            return new StoreLoss(
                StoreLossKind.Missing, $"the store {path} is gone, although there was one; an empty one takes its place");
        }

        return state == Opened && !File.Exists(Log)
            ? new StoreLoss(
                StoreLossKind.LogMissing,
                $"the log {Log} of the store is gone, although the daemon was not stopped in order; what was stored last is lost")
            : null;
    }

    /// <summary>Whether the database is empty although there was one. SQLite would take it for a new one, and delete the log.</summary>
    public bool IsCutToNothing() =>
        File.Exists(path) && new FileInfo(path).Length == 0 && (File.Exists(State) || (File.Exists(Log) && new FileInfo(Log).Length > 0));

    private string? ReadState() => File.Exists(State) ? File.ReadAllText(State).Trim() : null;

    /// <summary>Notes that the store is open now, so its log exists from now on.</summary>
    public void NoteOpened() => Write(State, Opened);

    /// <summary>Notes that the store is being closed in order, so its log may go.</summary>
    public void NoteClosed() => Write(State, Closed);

    /// <summary>Reads the loss that was noted; null when there is none.</summary>
    public StoreLoss? ReadLoss()
    {
        string[] lines = File.Exists(LossNote) ? File.ReadAllLines(LossNote) : [];
        return lines.Length == 2 && Enum.TryParse(lines[0], out StoreLossKind kind) ? new StoreLoss(kind, lines[1]) : null;
    }

    /// <summary>Notes a loss for later starts; null removes the note.</summary>
    public void WriteLoss(StoreLoss? loss)
    {
        if (loss is null)
        {
            File.Delete(LossNote);
            return;
        }

        Write(LossNote, $"{loss.Kind}\n{loss.Reason.ReplaceLineEndings(" ")}");
    }

    /// <summary>Renames the database and SQLite's files beside it.</summary>
    /// <returns>The new path of the database.</returns>
    public string SetAside(DateTimeOffset now)
    {
        string aside = $"{path}.corrupt-{Name(now)}";
        foreach (string suffix in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix);
            }
        }

        return aside;
    }

    /// <summary>Makes an empty file beside the database, for what it holds before it is made again.</summary>
    /// <returns>The path of the file.</returns>
    public string MakeOutdated(DateTimeOffset now)
    {
        string outdated = $"{path}.outdated-{Name(now)}";
        using FileStream made = New(outdated, FileMode.Create);
        return outdated;
    }

    /// <summary>Copies the database and its log into a directory, which is emptied or made.</summary>
    /// <returns>The path of the copy.</returns>
    public string CopyTo(DirectoryInfo directory)
    {
        if (directory.Exists)
        {
            directory.Delete(recursive: true);
        }

        Directory.CreateDirectory(directory.FullName, OwnerOnly | UnixFileMode.UserExecute);
        directory.Refresh();
        string copy = Path.Combine(directory.FullName, Path.GetFileName(path));
        foreach (string suffix in (string[])["", "-wal"])
        {
            if (File.Exists(path + suffix))
            {
                using FileStream from = new(path + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using FileStream to = New(copy + suffix, FileMode.Create);
                from.CopyTo(to);
            }
        }

        return copy;
    }

    private static bool IsOpenToOthers(string file) => File.Exists(file) && (File.GetUnixFileMode(file) & ~OwnerOnly) != 0;

    private static string Name(DateTimeOffset now) => now.ToString("yyyyMMddTHHmmssfff", CultureInfo.InvariantCulture);

    private static FileStream New(string file, FileMode mode) =>
        new(file, new FileStreamOptions { Mode = mode, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });

    private static void Write(string file, string text)
    {
        using var writer = new StreamWriter(New(file, FileMode.Create));
        writer.WriteLine(text);
    }
}
