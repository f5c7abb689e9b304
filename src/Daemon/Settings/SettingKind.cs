namespace Net.Daemon.Settings;

/// <summary>The form of a setting's value on the command line and in the configuration file.</summary>
public enum SettingKind
{
    /// <summary>One text; in the file a string, of which the empty one means "not given", as in Docker's daemon.json.</summary>
    Text,

    /// <summary>One text that may be empty, as <c>--plugin-dir ""</c>; in the file a string.</summary>
    TextOrNone,

    /// <summary>One number; in the file a number.</summary>
    Number,

    /// <summary>On or off; in the file <c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>Several texts, one a flag; in the file an array of strings.</summary>
    List,

    /// <summary>One text; in the file an array with one string, where Docker takes several.</summary>
    ListOfOne,

    /// <summary><c>KEY=VALUE</c>, one a flag; in the file an object whose values are strings.</summary>
    Map,

    /// <summary><c>NAME=KEY=VALUE</c>, one a flag; in the file an object of objects whose values are strings.</summary>
    MapOfMaps,

    /// <summary><c>base=CIDR,size=N</c>, one a flag; in the file an array of objects with a string <c>base</c> and a number
    /// <c>size</c>.</summary>
    Pools,
}
