-- CreateEnum
CREATE TYPE "completeness" AS ENUM ('COMPLETE', 'PARTIAL', 'OVERLAY');

-- CreateEnum
CREATE TYPE "snapshot_source_kind" AS ENUM ('UPLOAD', 'LIVE', 'OVERLAY');

-- CreateEnum
CREATE TYPE "job_kind" AS ENUM ('INGEST');

-- CreateEnum
CREATE TYPE "job_status" AS ENUM ('QUEUED', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "cluster" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "cluster_id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "digest" TEXT NOT NULL,
    "source_digest" TEXT NOT NULL,
    "completeness" "completeness" NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source_kind" "snapshot_source_kind" NOT NULL,
    "actor" TEXT NOT NULL,
    "renderer" TEXT,
    "git_repository" TEXT,
    "git_commit" TEXT,
    "git_ref" TEXT,
    "git_pull_request" INTEGER,
    "git_url" TEXT,
    "objects" INTEGER NOT NULL,
    "namespaces" INTEGER NOT NULL,
    "workloads" INTEGER NOT NULL,
    "pods" INTEGER NOT NULL,
    "policies" INTEGER NOT NULL,
    "distinct_policy_specs" INTEGER NOT NULL,
    "skipped" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "part_count" INTEGER NOT NULL,
    "problem_counts" JSONB NOT NULL DEFAULT '{}',
    "problems_omitted" INTEGER NOT NULL,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "block" (
    "hash" BYTEA NOT NULL,
    "size" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "block_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "block_chunk" (
    "hash" BYTEA NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "block_chunk_pkey" PRIMARY KEY ("hash","ordinal")
);

-- CreateTable
CREATE TABLE "snapshot_part" (
    "snapshot_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "namespace" TEXT NOT NULL,
    "segment_hash" BYTEA NOT NULL,
    "sources_hash" BYTEA NOT NULL,

    CONSTRAINT "snapshot_part_pkey" PRIMARY KEY ("snapshot_id","ordinal")
);

-- CreateTable
CREATE TABLE "problem" (
    "snapshot_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "document_index" INTEGER NOT NULL,
    "start_line" INTEGER NOT NULL,
    "end_line" INTEGER NOT NULL,
    "kind" TEXT,
    "object" TEXT,
    "field" TEXT,
    "message" TEXT NOT NULL,

    CONSTRAINT "problem_pkey" PRIMARY KEY ("snapshot_id","ordinal")
);

-- CreateTable
CREATE TABLE "skipped_kind" (
    "snapshot_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "api_group" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "skipped_kind_pkey" PRIMARY KEY ("snapshot_id","ordinal")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "job_kind" NOT NULL,
    "status" "job_status" NOT NULL DEFAULT 'QUEUED',
    "cluster_id" UUID NOT NULL,
    "idempotency_key" TEXT,
    "request_fingerprint" TEXT,
    "runner" UUID NOT NULL,
    "phase" TEXT NOT NULL DEFAULT 'QUEUED',
    "done" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT,
    "snapshot_id" UUID,
    "deduplicated" BOOLEAN,
    "error_code" TEXT,
    "error_message" TEXT,
    "error_problems" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "cluster_slug_key" ON "cluster"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_sequence_key" ON "snapshot"("sequence");

-- CreateIndex
CREATE INDEX "snapshot_cluster_id_taken_at_sequence_idx" ON "snapshot"("cluster_id", "taken_at" DESC, "sequence" DESC);

-- CreateIndex
CREATE INDEX "snapshot_cluster_id_digest_idx" ON "snapshot"("cluster_id", "digest");

-- CreateIndex
CREATE INDEX "snapshot_digest_sequence_idx" ON "snapshot"("digest", "sequence");

-- CreateIndex
CREATE INDEX "snapshot_part_segment_hash_idx" ON "snapshot_part"("segment_hash");

-- CreateIndex
CREATE INDEX "snapshot_part_sources_hash_idx" ON "snapshot_part"("sources_hash");

-- CreateIndex
CREATE INDEX "problem_snapshot_id_outcome_ordinal_idx" ON "problem"("snapshot_id", "outcome", "ordinal");

-- CreateIndex
CREATE INDEX "job_status_idx" ON "job"("status");

-- CreateIndex
CREATE INDEX "job_snapshot_id_idx" ON "job"("snapshot_id");

-- CreateIndex
CREATE UNIQUE INDEX "job_cluster_id_idempotency_key_key" ON "job"("cluster_id", "idempotency_key");

-- AddForeignKey
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "block_chunk" ADD CONSTRAINT "block_chunk_hash_fkey" FOREIGN KEY ("hash") REFERENCES "block"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_part" ADD CONSTRAINT "snapshot_part_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_part" ADD CONSTRAINT "snapshot_part_segment_hash_fkey" FOREIGN KEY ("segment_hash") REFERENCES "block"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_part" ADD CONSTRAINT "snapshot_part_sources_hash_fkey" FOREIGN KEY ("sources_hash") REFERENCES "block"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "problem" ADD CONSTRAINT "problem_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "skipped_kind" ADD CONSTRAINT "skipped_kind_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the schema language of Prisma cannot say.

-- Names and hashes have their form, whoever writes them.
ALTER TABLE "cluster"
  ADD CONSTRAINT "cluster_slug_check" CHECK ("slug" <> ''),
  ADD CONSTRAINT "cluster_labels_check" CHECK (jsonb_typeof("labels") = 'object');
ALTER TABLE "snapshot"
  ADD CONSTRAINT "snapshot_digest_check" CHECK ("digest" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "snapshot_source_digest_check" CHECK ("source_digest" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "snapshot_git_check" CHECK (
    "git_repository" IS NOT NULL OR num_nonnulls("git_commit", "git_ref", "git_pull_request", "git_url") = 0
  ),
  ADD CONSTRAINT "snapshot_counts_check" CHECK ("part_count" >= 0 AND "problems_omitted" >= 0 AND "bytes" >= 0);
ALTER TABLE "block"
  ADD CONSTRAINT "block_hash_check" CHECK (octet_length("hash") = 32),
  ADD CONSTRAINT "block_size_check" CHECK ("size" >= 0);
ALTER TABLE "block_chunk"
  ADD CONSTRAINT "block_chunk_ordinal_check" CHECK ("ordinal" >= 0),
  ADD CONSTRAINT "block_chunk_bytes_check" CHECK (octet_length("bytes") BETWEEN 1 AND 1048576);
ALTER TABLE "snapshot_part" ADD CONSTRAINT "snapshot_part_ordinal_check" CHECK ("ordinal" >= 0);
ALTER TABLE "problem"
  ADD CONSTRAINT "problem_lines_check" CHECK ("ordinal" >= 0 AND "document_index" >= 0 AND "start_line" >= 0);
ALTER TABLE "skipped_kind" ADD CONSTRAINT "skipped_kind_count_check" CHECK ("count" > 0);

-- A job has ended exactly when it says when. A completed one knows its result, a failed one its reason.
ALTER TABLE "job"
  ADD CONSTRAINT "job_finished_check" CHECK (
    ("status" IN ('COMPLETED', 'FAILED', 'CANCELLED')) = ("finished_at" IS NOT NULL)
  ),
  ADD CONSTRAINT "job_completed_check" CHECK (("status" = 'COMPLETED') = ("deduplicated" IS NOT NULL)),
  ADD CONSTRAINT "job_failed_check" CHECK (
    ("status" = 'FAILED') = ("error_code" IS NOT NULL) AND ("error_code" IS NULL) = ("error_message" IS NULL)
  ),
  ADD CONSTRAINT "job_progress_check" CHECK ("done" >= 0 AND ("total" IS NULL OR "total" >= 0));

-- Reading a snapshot must be fast, and the compression of PostgreSQL is slow to write: chunks are stored as they are.
ALTER TABLE "block_chunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
