-- What Orleans keeps in PostgreSQL: which silos there are, and reminders. Applied by `approx silo init` and by every silo at start; applying it
-- again changes nothing, and several may apply it at once. Orleans reads its statements from OrleansQuery by key; tables and statements are ours.

SELECT pg_advisory_xact_lock(4716290518031);

-- One row a cluster: its version rises with every change of its silos, which makes concurrent changes fail.
CREATE TABLE IF NOT EXISTS orleans_cluster (
  cluster_id text PRIMARY KEY,
  version integer NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- One row a start of a silo.
CREATE TABLE IF NOT EXISTS orleans_silo (
  cluster_id text NOT NULL REFERENCES orleans_cluster ON DELETE CASCADE,
  address text NOT NULL,
  port integer NOT NULL,
  generation integer NOT NULL,
  name text NOT NULL,
  host text NOT NULL,
  status integer NOT NULL,
  gateway_port integer NOT NULL,
  suspicions text,
  started_at timestamptz NOT NULL,
  alive_at timestamptz NOT NULL,
  PRIMARY KEY (cluster_id, address, port, generation)
);

CREATE TABLE IF NOT EXISTS orleans_reminder (
  service_id text NOT NULL,
  grain_id text NOT NULL,
  name text NOT NULL,
  grain_hash integer NOT NULL,
  starts_at timestamptz NOT NULL,
  period_ms bigint NOT NULL,
  version integer NOT NULL DEFAULT 0,
  PRIMARY KEY (service_id, grain_id, name)
);

CREATE INDEX IF NOT EXISTS orleans_reminder_hash ON orleans_reminder (service_id, grain_hash);

CREATE TABLE IF NOT EXISTS OrleansQuery (
  QueryKey text PRIMARY KEY,
  QueryText text NOT NULL
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

-- Clients connect to these.
('GatewaysQueryKey', $q$
  SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
  FROM orleans_silo
  WHERE cluster_id = @DeploymentId AND status = @Status AND gateway_port > 0
$q$),

-- The version comes even where there is no silo.
('MembershipReadRowKey', $q$
  SELECT c.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime
  FROM orleans_cluster c
  LEFT JOIN orleans_silo s
    ON s.cluster_id = c.cluster_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
  WHERE c.cluster_id = @DeploymentId
$q$),

('MembershipReadAllKey', $q$
  SELECT c.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime
  FROM orleans_cluster c
  LEFT JOIN orleans_silo s ON s.cluster_id = c.cluster_id
  WHERE c.cluster_id = @DeploymentId
$q$),

('InsertMembershipVersionKey', $q$
  WITH added AS (
    INSERT INTO orleans_cluster (cluster_id) VALUES (@DeploymentId)
    ON CONFLICT (cluster_id) DO NOTHING
    RETURNING cluster_id
  )
  SELECT EXISTS (SELECT FROM added)
$q$),

-- The row lock on the cluster orders concurrent changes: whoever comes second finds another version and changes nothing.
('InsertMembershipKey', $q$
  WITH raised AS (
    UPDATE orleans_cluster c SET version = version + 1, changed_at = now()
    WHERE c.cluster_id = @DeploymentId AND c.version = @Version AND NOT EXISTS (
      SELECT FROM orleans_silo s
      WHERE s.cluster_id = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
    RETURNING c.cluster_id
  ), added AS (
    INSERT INTO orleans_silo (cluster_id, address, port, generation, name, host, status, gateway_port, started_at, alive_at)
    SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
    RETURNING cluster_id
  )
  SELECT EXISTS (SELECT FROM added)
$q$),

('UpdateMembershipKey', $q$
  WITH raised AS (
    UPDATE orleans_cluster c SET version = version + 1, changed_at = now()
    WHERE c.cluster_id = @DeploymentId AND c.version = @Version AND EXISTS (
      SELECT FROM orleans_silo s
      WHERE s.cluster_id = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
    RETURNING c.cluster_id
  ), changed AS (
    UPDATE orleans_silo s SET status = @Status, suspicions = @SuspectTimes, alive_at = @IAmAliveTime
    FROM raised
    WHERE s.cluster_id = raised.cluster_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    RETURNING s.cluster_id
  )
  SELECT EXISTS (SELECT FROM changed)
$q$),

-- A sign of life is no change of the cluster: the version stays.
('UpdateIAmAlivetimeKey', $q$
  UPDATE orleans_silo SET alive_at = @IAmAliveTime
  WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$q$),

('DeleteMembershipTableEntriesKey', $q$
  DELETE FROM orleans_cluster WHERE cluster_id = @DeploymentId
$q$),

-- 3 is an active silo.
('CleanupDefunctSiloEntriesKey', $q$
  DELETE FROM orleans_silo WHERE cluster_id = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$q$),

('ReadReminderRowsKey', $q$
  SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
  FROM orleans_reminder
  WHERE service_id = @ServiceId AND grain_id = @GrainId
$q$),

('ReadReminderRowKey', $q$
  SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
  FROM orleans_reminder
  WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
$q$),

-- A range of hashes excludes its beginning; one that ends before it begins goes round.
('ReadRangeRows1Key', $q$
  SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
  FROM orleans_reminder
  WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$q$),

('ReadRangeRows2Key', $q$
  SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
  FROM orleans_reminder
  WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$q$),

('UpsertReminderRowKey', $q$
  INSERT INTO orleans_reminder AS r (service_id, grain_id, name, grain_hash, starts_at, period_ms)
  VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period)
  ON CONFLICT (service_id, grain_id, name) DO UPDATE
    SET grain_hash = excluded.grain_hash, starts_at = excluded.starts_at, period_ms = excluded.period_ms, version = r.version + 1
  RETURNING version AS Version
$q$),

('DeleteReminderRowKey', $q$
  WITH gone AS (
    DELETE FROM orleans_reminder
    WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
    RETURNING name
  )
  SELECT EXISTS (SELECT FROM gone)
$q$),

('DeleteReminderRowsKey', $q$
  DELETE FROM orleans_reminder WHERE service_id = @ServiceId
$q$)

ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText WHERE OrleansQuery.QueryText <> excluded.QueryText;
